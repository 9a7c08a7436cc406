using QualityIngest.Api.Http.Limits;
using QualityIngest.Api.Http.Repeats;

namespace QualityIngest.Api.Http.Edge;

/// <summary>Whose pages may call the API from a browser. Section <c>Cors</c>.</summary>
public sealed record CorsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>What must hold.</summary>
    public const string Rule = "Cors:Origins holds origins such as https://app.example.com, without a path, or * alone.";

    /// <summary>
    /// The origins, as browsers write them: <c>https://app.example.com</c>. <c>*</c> alone: every page's; a key is still needed,
    /// and none is ever taken from a cookie. Default none: only pages of this server.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>How long a browser may remember what it was allowed. Default 10 min.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether it does.</summary>
    public bool IsValid => Remember >= TimeSpan.Zero && (Origins is ["*"] || Origins.All(IsOrigin));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text;
}

/// <summary>Cross-origin resource sharing, by configuration.</summary>
public static class CrossOrigin
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete];

    private static readonly string[] Sent =
    [
        "Authorization", "X-API-Key", "Content-Type", "If-Match", "If-None-Match", Idempotency.Header, RequestIdentity.Header, "traceparent",
        "tracestate", "Last-Event-ID",
    ];

    private static readonly string[] Shown =
    [
        "ETag", "Location", "Retry-After", RateLimitHeaders.State, RateLimitHeaders.Policy, RequestIdentity.Header, RequestIdentity.TraceResponse,
        Idempotency.Replayed, "Deprecation", "Sunset", "Link", "Allow", "Content-Disposition", "WWW-Authenticate",
    ];

    /// <summary>Registers what browsers are told.</summary>
    public static IServiceCollection AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CorsOptions>().Bind(configuration.GetSection(CorsOptions.Section)).Validate(options => options.IsValid, CorsOptions.Rule).ValidateOnStart();
        var allowed = configuration.GetSection(CorsOptions.Section).Get<CorsOptions>() ?? new();
        return services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. allowed.Origins])
            .WithMethods(Methods)
            .WithHeaders(Sent)
            .WithExposedHeaders(Shown)
            .SetPreflightMaxAge(allowed.Remember)));
    }
}
