using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Api.Telemetry;

/// <summary>Listens to the product's instruments, from the node's start on.</summary>
public sealed class InstrumentReadings : IHostedService, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, InstrumentSeries> _series = new(StringComparer.Ordinal);

    /// <summary>What they have measured, by name.</summary>
    public IEnumerable<MetricFamily> Read() => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Read());

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Instruments.Meter; // Instruments that nothing has used yet are shown, too.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == Instruments.Meter)
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument.Name, _ => new InstrumentSeries(instrument)));
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
