namespace QualityIngest.Api.Http.Limits;

/// <summary>How often may be called. Each node counts for itself. Section <c>RateLimits</c>.</summary>
public sealed record RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>What must hold.</summary>
    public const string Rule = "RateLimits: rates are from 0 to 1000000 a second, bursts from 1 to 1000000, Tracked from 100 to 10000000.";

    /// <summary>Requests a second that an API key may send in the long run; 0: as many as it likes. Default 100.</summary>
    public double KeyRate { get; init; } = 100;

    /// <summary>Requests that a key which rested may send at once. Default 500.</summary>
    public int KeyBurst { get; init; } = 500;

    /// <summary>Keys a second that an address may fail with in the long run; 0: as many as it likes. Default 1.</summary>
    public double FailureRate { get; init; } = 1;

    /// <summary>Keys that an address which rested may fail with at once. Default 20.</summary>
    public int FailureBurst { get; init; } = 20;

    /// <summary>How many keys, and how many addresses, are told apart at a time. Default 10,000.</summary>
    public int Tracked { get; init; } = 10_000;

    /// <summary>Whether it does.</summary>
    public bool IsValid =>
        KeyRate is >= 0 and <= 1_000_000 && FailureRate is >= 0 and <= 1_000_000
        && KeyBurst is >= 1 and <= 1_000_000 && FailureBurst is >= 1 and <= 1_000_000 && Tracked is >= 100 and <= 10_000_000;
}
