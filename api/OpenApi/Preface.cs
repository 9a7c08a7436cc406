using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.OpenApi;

/// <summary>What the document says about the API as a whole.</summary>
public sealed class Preface : IOpenApiDocumentTransformer
{
    /// <summary>The name of the security scheme.</summary>
    public const string Key = "apiKey";

    private const string Description = """
        Turns recordings, transcripts, chat scripts and call data in S3 buckets into validated, deduplicated, queryable conversations.

        - **Keys**: send `Authorization: Bearer qi_…` (or `X-API-Key`). Each operation names the scope that it needs. What belongs to another tenant is not found.
        - **Lists** come in pages: `limit` (1–100, 50 unless said otherwise) and, from the second page on, `cursor` with the `nextCursor` of the page before. Items that are added meanwhile neither repeat nor hide others.
        - **Changes** to what has a `version` need `If-Match` with the ETag, which is the version in quotes: missing 428, stale 412.
        - **Repeating** a POST is safe with an `Idempotency-Key` (1 to 255 visible ASCII characters, such as a UUID): for 24 hours the same call with the same key gets its first answer, marked `Idempotency-Replayed: true`. Only success is kept: after a refusal the key is free. While the first call runs: 409; with another call: 422. An answer that showed a secret is never kept: 409 `secret_already_shown`.
        - **Rates**: every answer to a key tells `RateLimit-Policy: "key";q=500;w=5` (how many requests, in how many seconds) and `RateLimit: "key";r=499;t=1` (how many are left, and in how many seconds all are back). Beyond: 429 with `Retry-After`.
        - **Every answer** has `X-Request-Id` (yours, if you sent one) and `traceresponse` (W3C Trace Context; send `traceparent` to have your trace go on). HEAD is answered wherever GET is, and OPTIONS tells what a path takes. What will go says so by `Deprecation`, `Sunset` and `Link`.
        - **Problems** are RFC 9457. Decide by `code`; `errors` points at the parts of the request. Unknown members and parameters are refused by name.
        - **Times** are ISO 8601 with a zone, and come back in UTC with microseconds. Decimals are strings.
        """;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "QualityIngest",
            Version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
            Description = Description,
        };
        // Whoever serves the document is the server; it is the same document everywhere.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The installation that serves this document." }];

        document.Components ??= new OpenApiComponents();
        document.Components.Schemas?.Remove(nameof(IFormFile));
        document.Components.Schemas?.Remove(nameof(Stream));
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, `qi_…`. The words beside it are the scopes that the operation needs.",
            },
        };

        var described = context.DescriptionGroups
            .SelectMany(group => group.Items)
            .SelectMany(operation => operation.ActionDescriptor.EndpointMetadata.OfType<TagMetadata>())
            .DistinctBy(tag => tag.Name)
            .ToDictionary(tag => tag.Name, tag => tag.Description);
        document.Tags = document.Tags?.OrderBy(tag => tag.Name, StringComparer.Ordinal).ToHashSet();
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            tag.Description = described.GetValueOrDefault(tag.Name ?? "");
        return Task.CompletedTask;
    }
}
