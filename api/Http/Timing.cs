using System.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Http;

/// <summary>Times every answer, for <c>/metrics</c>.</summary>
public static class Timing
{
    private const string Other = "other";

    /// <summary>Begins where it is known which operation is asked for, and ends with the answer's last byte.</summary>
    public static IApplicationBuilder UseTiming(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var began = Stopwatch.GetTimestamp();
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? Other;
        context.Response.OnCompleted(() =>
        {
            Instruments.Answered(operation, context.Response.StatusCode, Stopwatch.GetElapsedTime(began));
            return Task.CompletedTask;
        });
        return next(context);
    });
}
