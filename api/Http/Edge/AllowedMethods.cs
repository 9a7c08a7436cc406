using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.Http.Edge;

/// <summary>What a path takes: told in <c>Allow</c> with every 405, and by OPTIONS, which needs no key.</summary>
public static class AllowedMethods
{
    /// <summary>Completes what routing knows: HEAD is taken wherever GET is, and OPTIONS everywhere.</summary>
    public static IApplicationBuilder UseAllowedMethods(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.Headers.Allow.Count == 0)
            return;

        var routed = response.Headers.GetCommaSeparatedValues(HeaderNames.Allow);
        response.Headers.Allow = string.Join(", ", routed
            .Concat(routed.Contains(HttpMethods.Get) ? [HttpMethods.Head] : [])
            .Append(HttpMethods.Options)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));
        if (HttpMethods.IsOptions(context.Request.Method))
            response.StatusCode = StatusCodes.Status204NoContent;
    });
}
