using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Telemetry;

/// <summary>
/// Sends the spans of requests, work, statements and outgoing calls to a collector (OTLP), where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// names one; else nothing is collected. OpenTelemetry's other variables hold too.
/// </summary>
/// <param name="configuration">Has the variables.</param>
public sealed class TraceExport(IConfiguration configuration) : IHostedService, IDisposable
{
    /// <summary>The variable that names the collector.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Service = "quality-ingest";

    private TracerProvider? _provider;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration[Endpoint] is not { Length: > 0 })
            return Task.CompletedTask;
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : Service))
            .AddSource(Traces.Name, "Microsoft.AspNetCore", "Npgsql", "System.Net.Http")
            .AddProcessor(new DiscreetSpans())
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, as long as there is time.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush(5_000);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _provider?.Dispose();
}
