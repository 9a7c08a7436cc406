using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Http;

/// <summary>Times every answer, for <c>/metrics</c>, and names its span, for traces.</summary>
public static class Timing
{
    private const string Other = "other";

    /// <summary>Begins where it is known which operation is asked for, and ends with the answer's last byte.</summary>
    public static IApplicationBuilder UseTiming(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var began = Stopwatch.GetTimestamp();
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? Other;
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        Name(span, context, operation);
        context.Response.OnCompleted(() =>
        {
            Instruments.Answered(operation, context.Response.StatusCode, Stopwatch.GetElapsedTime(began));
            return Task.CompletedTask;
        });
        context.Response.OnStarting(() =>
        {
            span?.SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                span?.SetStatus(ActivityStatusCode.Error);
            return Task.CompletedTask;
        });
        return next(context);
    });

    // By the pattern of its path: paths themselves have ids, and one of them a secret.
    private static void Name(Activity? span, HttpContext context, string operation)
    {
        if (span is null)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("qualityingest.operation", operation);
    }
}
