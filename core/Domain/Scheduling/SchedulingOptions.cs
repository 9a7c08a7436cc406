using Microsoft.Extensions.Configuration;

namespace QualityIngest.Domain.Scheduling;

/// <summary>How schedules are run. Read from the section <c>Scheduling</c>; durations are written <c>hh:mm:ss</c>.</summary>
public sealed record SchedulingOptions
{
    /// <summary>Whether this node fires schedules; a node that does not can still set them. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often a node asks the database for the time. Default: 30 s.</summary>
    public TimeSpan ClockInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time until a node sees a schedule that was set elsewhere. At least 1 s. Default: 10 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From which delay on a firing counts as missed. What was missed fires once, however often it was missed. Not above the
    /// shortest interval of a schedule, so that no two firings ever pile up. Default: 60 s.
    /// </summary>
    public TimeSpan MissedAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a node tells the others that it lives; twice this without a word and they take its firings over. Default: 10 s.</summary>
    public TimeSpan CheckinInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest time between two firings of a schedule.</summary>
    internal TimeSpan ShortestInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A value is out of bounds.</exception>
    public static SchedulingOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Scheduling");
        var defaults = new SchedulingOptions();
        return new SchedulingOptions
        {
            Enabled = section.GetValue("Enabled", defaults.Enabled),
            ClockInterval = Within("ClockInterval", defaults.ClockInterval, 1, 600),
            PollInterval = Within("PollInterval", defaults.PollInterval, 1, 60),
            MissedAfter = Within("MissedAfter", defaults.MissedAfter, 1, 60),
            CheckinInterval = Within("CheckinInterval", defaults.CheckinInterval, 1, 600),
        };

        TimeSpan Within(string name, TimeSpan standard, int least, int most)
        {
            var value = section.GetValue(name, standard);
            return value.TotalSeconds >= least && value.TotalSeconds <= most
                ? value
                : throw new InvalidOperationException($"Scheduling:{name} is from {TimeSpan.FromSeconds(least)} to {TimeSpan.FromSeconds(most)}.");
        }
    }
}
