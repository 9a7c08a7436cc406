namespace QualityIngest.Domain.Telemetry;

/// <summary>What <c>/metrics</c> shows, and to whom. Section <c>Metrics</c>.</summary>
public sealed record MetricsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>What must hold.</summary>
    public const string Rule = "Metrics: Refresh is 1 second to 10 minutes, Connectors 0 to 10000.";

    /// <summary>
    /// Whether <c>/metrics</c> is answered to everyone who reaches it; else it takes a key with the scope <c>admin:read</c>.
    /// Default no.
    /// </summary>
    public bool Public { get; init; }

    /// <summary>How old what the database said may be before it is asked again. Default 15 s.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Of how many connectors, those not scanned for longest, the age of the last scan is shown. Default 100.</summary>
    public int Connectors { get; init; } = 100;

    internal bool IsValid => Refresh >= TimeSpan.FromSeconds(1) && Refresh <= TimeSpan.FromMinutes(10) && Connectors is >= 0 and <= 10_000;
}
