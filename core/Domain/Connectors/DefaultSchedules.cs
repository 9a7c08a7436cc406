using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Scheduling;

namespace QualityIngest.Domain.Connectors;

/// <summary>When a new connector is scanned until it is told otherwise (<c>formats.md</c>, conversation-json and feeds).</summary>
public static class DefaultSchedules
{
    /// <summary>The schedule of a format's new connectors; null: they are scanned by hand alone.</summary>
    /// <param name="format">The format.</param>
    /// <param name="now">When the connector is made. An hourly scan is first due an hour later: until then its maker refreshes it.</param>
    public static Schedule? Of(string format, DateTimeOffset now) => format switch
    {
        FormatNames.ConversationJson => new IntervalSchedule(1, IntervalUnit.Hours, now.AddHours(1)),
        FormatNames.Feeds => new CronSchedule("0 4 * * *", "UTC"),
        _ => null,
    };
}
