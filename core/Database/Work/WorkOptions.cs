using Microsoft.Extensions.Configuration;

namespace QualityIngest.Database;

/// <summary>How work is leased and retried. Read from the section <c>Work</c>; durations are written <c>hh:mm:ss</c>.</summary>
public sealed record WorkOptions
{
    /// <summary>How long a claim holds without a sign of life. Default: 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Claims after which a worker gives an item up. Default: 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait after the first failed attempt; each further one doubles it. Default: 2 s.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between attempts. Default: 5 min.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A value is out of bounds.</exception>
    public static WorkOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Work");
        var defaults = new WorkOptions();
        var options = new WorkOptions
        {
            Lease = section.GetValue("Lease", defaults.Lease),
            MaxAttempts = section.GetValue("MaxAttempts", defaults.MaxAttempts),
            FirstBackoff = section.GetValue("FirstBackoff", defaults.FirstBackoff),
            MaxBackoff = section.GetValue("MaxBackoff", defaults.MaxBackoff),
        };
        if (options.Lease < TimeSpan.FromSeconds(1) || options.Lease > TimeSpan.FromHours(1))
            throw new InvalidOperationException("Work:Lease is from 00:00:01 to 01:00:00.");
        if (options.MaxAttempts is < 1 or > 100)
            throw new InvalidOperationException("Work:MaxAttempts is from 1 to 100.");
        if (options.FirstBackoff < TimeSpan.Zero || options.MaxBackoff < options.FirstBackoff || options.MaxBackoff > TimeSpan.FromDays(1))
            throw new InvalidOperationException("Work:FirstBackoff is not negative and not above Work:MaxBackoff, which is at most one day.");
        return options;
    }

    /// <summary>The wait after an attempt: doubling, bounded, and spread by a fifth either way so that a crowd does not return at once.</summary>
    /// <param name="attempts">Attempts so far, at least one.</param>
    /// <param name="chance">From 0 to 1.</param>
    public TimeSpan Backoff(int attempts, double chance)
    {
        var doublings = Math.Clamp(attempts - 1, 0, 30);
        var wait = Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, doublings), MaxBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(wait * (0.8 + 0.4 * chance));
    }
}
