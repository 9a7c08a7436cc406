using System.Diagnostics.Metrics;
using System.Globalization;

namespace QualityIngest.Api.Telemetry;

/// <summary>Adds up what one instrument measures, by its labels. Thread-safe; how many sets of labels it tells apart is bounded.</summary>
public sealed class InstrumentSeries(Instrument instrument)
{
    /// <summary>The most sets of labels. What more there were would be added to none.</summary>
    public const int MaxSeries = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Series> _series = [];
    private readonly double[]? _bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : null;

    /// <summary>Takes in a measurement.</summary>
    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = tags.Length == 1 ? Text(tags[0].Value) : string.Join('\n', tags.ToArray().Select(tag => Text(tag.Value)));
        lock (_lock)
        {
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= MaxSeries)
                    return;
                _series[key] = series = new(tags.ToArray().Select(tag => KeyValuePair.Create(tag.Key, Text(tag.Value))).ToArray(), new long[_bounds?.Length ?? 0]);
            }

            series.Sum += value;
            series.Count++;
            for (var i = 0; i < series.Buckets.Length; i++)
            {
                if (value <= _bounds![i])
                    series.Buckets[i]++;
            }
        }
    }

    /// <summary>The metric as it stands.</summary>
    public MetricFamily Read()
    {
        lock (_lock)
        {
            return new(
                instrument.Name, _bounds is null ? MetricType.Counter : MetricType.Histogram, instrument.Description ?? "",
                [.. _series.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Samples(pair.Value))]);
        }
    }

    private IEnumerable<Sample> Samples(Series series)
    {
        if (_bounds is null)
        {
            yield return new("", series.Labels, series.Sum);
            yield break;
        }

        for (var i = 0; i < _bounds.Length; i++)
            yield return new("_bucket", [.. series.Labels, KeyValuePair.Create("le", _bounds[i].ToString("R", CultureInfo.InvariantCulture))], series.Buckets[i]);
        yield return new("_bucket", [.. series.Labels, KeyValuePair.Create("le", "+Inf")], series.Count);
        yield return new("_sum", series.Labels, series.Sum);
        yield return new("_count", series.Labels, series.Count);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private sealed class Series(KeyValuePair<string, string>[] labels, long[] buckets)
    {
        public KeyValuePair<string, string>[] Labels { get; } = labels;

        public long[] Buckets { get; } = buckets;

        public double Sum { get; set; }

        public long Count { get; set; }
    }
}
