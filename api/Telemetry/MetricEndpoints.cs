using Microsoft.Extensions.Options;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Limits;
using QualityIngest.Domain.Telemetry;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Telemetry;

/// <summary>How the node and the installation are, for Prometheus and whoever reads its format. docs/metrics.md explains each metric.</summary>
public static class MetricEndpoints
{
    /// <summary>The path.</summary>
    public const string Path = "/metrics";

    /// <summary>Registers what listens and asks.</summary>
    public static IServiceCollection AddMetricsPage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddGauges(configuration);
        services.AddSingleton<InstrumentReadings>();
        services.AddHostedService(provider => provider.GetRequiredService<InstrumentReadings>());
        services.AddHostedService<TraceExport>();
        return services;
    }

    /// <summary>
    /// Maps <c>/metrics</c>: for keys with the scope <c>admin:read</c>, unless configuration opens it to whoever reaches the node.
    /// A proxy on the same machine makes strangers look like neighbours, so that no address is trusted by itself.
    /// </summary>
    public static void MapMetrics(this WebApplication app)
    {
        var page = app.MapGet(Path, Read).WithName("metrics").WithMetadata(new UnlimitedMetadata()).ExcludeFromDescription();
        if (!app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Public)
            page.RequireScope(Scopes.AdminRead);
    }

    private static async Task<IResult> Read(InstrumentReadings instruments, Gauges gauges, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        var figures = await gauges.Read(cancel);
        return Results.Text(PrometheusText.Write([.. DatabaseReadings.Of(figures), .. instruments.Read(), .. ProcessReadings.Read()]), PrometheusText.MediaType);
    }
}
