using Microsoft.OpenApi;
using QualityIngest.Api.Http.Limits;
using QualityIngest.Api.Http.Repeats;

namespace QualityIngest.Api.OpenApi;

/// <summary>The headers that answers have, each described once, in the components.</summary>
public static class ResponseHeaders
{
    /// <summary>The version of what is answered.</summary>
    public static IOpenApiHeader EntityTag(OpenApiDocument document) => Of(document, "ETag", "The version, in quotes.", new()
    {
        Type = JsonSchemaType.String,
        MaxLength = 100,
        Pattern = "^\"[^\"]*\"$",
        Examples = ["\"3\""],
    });

    /// <summary>Where the new thing is.</summary>
    public static IOpenApiHeader Location(OpenApiDocument document) => Of(document, "Location", "Where what was made is read, relative to the server's root.", new()
    {
        Type = JsonSchemaType.String,
        Format = "uri-reference",
        MaxLength = 500,
    });

    /// <summary>When to ask again.</summary>
    public static IOpenApiHeader RetryAfter(OpenApiDocument document) => Of(document, "Retry-After", "After how many seconds asking again can succeed.", new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = "1",
        Maximum = "86400",
    });

    /// <summary>How to show who asks.</summary>
    public static IOpenApiHeader Challenge(OpenApiDocument document) => Of(document, "WWW-Authenticate", "How a key is sent: `Bearer`.", new()
    {
        Type = JsonSchemaType.String,
        MaxLength = 100,
    });

    /// <summary>That the answer was given before.</summary>
    public static IOpenApiHeader Replayed(OpenApiDocument document) => Of(document, Idempotency.Replayed, "`true`: the answer to an earlier call with this key.", new()
    {
        Type = JsonSchemaType.String,
        Enum = ["true"],
    });

    /// <summary>Adds what every answer to a key tells: how often it may call.</summary>
    public static void RateLimit(IDictionary<string, IOpenApiHeader> headers, OpenApiDocument document)
    {
        headers[RateLimitHeaders.Policy] = Of(document, RateLimitHeaders.Policy, "How many requests (`q`) are taken within so many seconds (`w`).", new()
        {
            Type = JsonSchemaType.String,
            MaxLength = 100,
            Examples = ["\"key\";q=500;w=5"],
        });
        headers[RateLimitHeaders.State] = Of(document, RateLimitHeaders.State, "How many are left (`r`), and in how many seconds all are back (`t`).", new()
        {
            Type = JsonSchemaType.String,
            MaxLength = 100,
            Examples = ["\"key\";r=499;t=1"],
        });
    }

    private static OpenApiHeaderReference Of(OpenApiDocument document, string name, string description, OpenApiSchema schema)
    {
        if (document.Components?.Headers?.ContainsKey(name) != true)
            document.AddComponent(name, new OpenApiHeader { Description = description, Schema = schema });
        return new OpenApiHeaderReference(name, document);
    }
}
