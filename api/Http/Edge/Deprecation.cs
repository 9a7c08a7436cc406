using System.Globalization;

namespace QualityIngest.Api.Http.Edge;

/// <summary>Says that an operation is on its way out.</summary>
/// <param name="Since">Since when, or from when on.</param>
/// <param name="Sunset">When it ends; null: that is not decided.</param>
/// <param name="Link">Where to read what to do instead.</param>
public sealed record DeprecationMetadata(DateTimeOffset Since, DateTimeOffset? Sunset, Uri Link);

/// <summary>
/// Operations that will go say so in every answer, after RFC 9745 (<c>Deprecation</c>) and RFC 8594 (<c>Sunset</c>), and in the
/// document.
/// </summary>
public static class Deprecation
{
    /// <summary>Marks the operations.</summary>
    public static TBuilder Deprecated<TBuilder>(this TBuilder endpoints, DateTimeOffset since, DateTimeOffset? sunset, Uri link)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new DeprecationMetadata(since, sunset, link));

    /// <summary>Tells it in every answer of a marked operation, a refusal too.</summary>
    public static IApplicationBuilder UseDeprecation(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<DeprecationMetadata>() is not { } mark)
            return next(context);
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{mark.Since.ToUnixTimeSeconds()}");
            if (mark.Sunset is { } end)
                headers["Sunset"] = end.ToString("R", CultureInfo.InvariantCulture);
            headers.Append("Link", $"<{mark.Link.AbsoluteUri}>; rel=\"deprecation\"; type=\"text/html\"");
            return Task.CompletedTask;
        });
        return next(context);
    });
}
