using System.Diagnostics.Metrics;

namespace QualityIngest.Domain.Telemetry;

/// <summary>Where the product's instruments are made. Each is declared beside what it measures, and explained in docs/metrics.md.</summary>
public static class Instruments
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "QualityIngest";

    /// <summary>The meter. It belongs to the process, as what it measures does.</summary>
    public static Meter Meter { get; } = new(Name);
}
