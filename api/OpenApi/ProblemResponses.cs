using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using QualityIngest.Api.Http;

namespace QualityIngest.Api.OpenApi;

/// <summary>The answers that are problems. What many operations answer with stands once, under a name, in the components.</summary>
public static class ProblemResponses
{
    /// <summary>The extension that lists the types of the problems that may come with a status.</summary>
    public const string Types = "x-problem-types";

    // Stands for types that the document does not list.
    private const string AnyType = "urn:qualityingest:problem:*";

    private static readonly string[] Body = ["missing_body", "invalid_json", "missing_member", "unknown_member"];

    // The sets of codes that follow from what an operation takes; any other set is an operation's own.
    private static readonly (string Name, string[] Codes)[] Shared =
    [
        ("BadParameter", ["invalid_parameter"]),
        ("BadPage", ["invalid_parameter", "invalid_limit", "invalid_cursor"]),
        ("BadBody", ["invalid_parameter", .. Body]),
        ("BadCall", ["invalid_parameter", "invalid_idempotency_key"]),
        ("BadCallBody", ["invalid_parameter", "invalid_idempotency_key", .. Body]),
        ("BadVersion", ["invalid_parameter", "invalid_if_match"]),
        ("BadReplacement", ["invalid_parameter", "invalid_if_match", .. Body]),
        ("Unauthorized", ["missing_key", "invalid_key", "revoked_key", "expired_key"]),
        ("Forbidden", ["insufficient_scope"]),
        ("NotFound", ["not_found"]),
        ("TooSlow", ["request_timeout"]),
        ("InFlight", ["idempotency_in_flight"]),
        ("PreconditionFailed", ["stale_version"]),
        ("PayloadTooLarge", ["body_too_large"]),
        ("UnsupportedMediaType", ["unsupported_media_type"]),
        ("Unprocessable", ["invalid"]),
        ("Mismatched", ["idempotency_mismatch"]),
        ("UnprocessableCall", ["invalid", "idempotency_mismatch"]),
        ("PreconditionRequired", ["if_match_required"]),
        ("TooManyRequests", ["rate_limited"]),
        ("InternalError", ["internal_error"]),
        ("Unavailable", ["unavailable"]),
    ];

    /// <summary>The answer of a status with these codes.</summary>
    /// <param name="status">The status.</param>
    /// <param name="codes">The codes, in the order in which they are told.</param>
    /// <param name="foreign">Whose codes it may also have; null: nobody's.</param>
    /// <param name="document">The document that it is for.</param>
    public static IOpenApiResponse Of(int status, IReadOnlyList<string> codes, string? foreign, OpenApiDocument document)
    {
        var name = foreign is null ? Shared.FirstOrDefault(shared => shared.Codes.ToHashSet().SetEquals(codes)).Name : null;
        if (name is null)
            return Own(status, codes, foreign, document);
        if (document.Components?.Responses?.ContainsKey(name) != true)
            document.AddComponent(name, Own(status, codes, null, document));
        return new OpenApiResponseReference(name, document);
    }

    private static OpenApiResponse Own(int status, IReadOnlyList<string> codes, string? foreign, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = $"{Words(status)}: {string.Join(", ", codes.Select(code => $"`{code}`"))}{(foreign is null ? "" : $", or {foreign}")}.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
            },
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                [Types] = new JsonNodeExtension(new JsonArray([.. codes.Select(Problem.TypeOf), .. foreign is null ? [] : new[] { AnyType }])),
            },
        };
        var headers = new Dictionary<string, IOpenApiHeader>();
        if (status == StatusCodes.Status401Unauthorized)
            headers["WWW-Authenticate"] = ResponseHeaders.Challenge(document);
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            headers["Retry-After"] = ResponseHeaders.RetryAfter(document);
        ResponseHeaders.RateLimit(headers, document);
        response.Headers = headers;
        return response;
    }

    private static string Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read",
        StatusCodes.Status401Unauthorized => "No key that works was sent",
        StatusCodes.Status403Forbidden => "Who asks may not",
        StatusCodes.Status404NotFound => "There is no such thing, or it is not the caller's",
        StatusCodes.Status408RequestTimeout => "The body comes too slowly",
        StatusCodes.Status409Conflict => "The state of things forbids it",
        StatusCodes.Status410Gone => "It is gone for good",
        StatusCodes.Status412PreconditionFailed => "It has changed since the version that the request names",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than this call takes",
        StatusCodes.Status415UnsupportedMediaType => "This call does not take this type of body",
        StatusCodes.Status422UnprocessableEntity => "What the request says breaks a rule",
        StatusCodes.Status428PreconditionRequired => "The request must say which version it is meant for",
        StatusCodes.Status429TooManyRequests => "Too often, or too soon: wait as `Retry-After` says",
        StatusCodes.Status500InternalServerError => "A defect, logged under the problem's `traceId`",
        StatusCodes.Status503ServiceUnavailable => "Something that is needed cannot be reached for the moment: try again as `Retry-After` says",
        _ => "A problem",
    };
}
