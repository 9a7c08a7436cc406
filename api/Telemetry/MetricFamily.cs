namespace QualityIngest.Api.Telemetry;

/// <summary>What a metric's numbers may do.</summary>
public enum MetricType
{
    /// <summary>Only rise, until the process ends.</summary>
    Counter,

    /// <summary>Rise and fall.</summary>
    Gauge,

    /// <summary>Count observations by size.</summary>
    Histogram,
}

/// <summary>A metric with its samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its numbers may do.</param>
/// <param name="Help">What it is, in a sentence.</param>
/// <param name="Samples">Its numbers; none: nothing happened yet.</param>
public sealed record MetricFamily(string Name, MetricType Type, string Help, IReadOnlyList<Sample> Samples);

/// <summary>A number.</summary>
/// <param name="Suffix">What is added to the metric's name: <c>_bucket</c>, <c>_sum</c>, <c>_count</c>, or nothing.</param>
/// <param name="Labels">What it is about, in a fixed order.</param>
/// <param name="Value">The number.</param>
public sealed record Sample(string Suffix, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value)
{
    /// <summary>A number without more.</summary>
    public static Sample Of(double value, params KeyValuePair<string, string>[] labels) => new("", labels, value);
}
