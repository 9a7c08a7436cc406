using System.Globalization;
using System.Text.Json;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>What happens when a connector's schedule is due.</summary>
public interface IScheduledScan
{
    /// <summary>
    /// Starts the connector's scan. It may be called again with the same <paramref name="dueAt"/>, after a failure or by
    /// another node when this one dies, so it finds out by (connector, due time) what was done already.
    /// </summary>
    /// <param name="dueAt">
    /// The time of the schedule that this firing is for, a whole second: on time, late, repeated, or the last one missed
    /// while nothing ran, it is always a time that the schedule names, so all nodes agree on it.
    /// </param>
    Task Fire(string tenant, Guid connector, DateTimeOffset dueAt, CancellationToken cancel);
}

/// <summary>The one job of all schedules; the trigger says which connector.</summary>
internal sealed class ScanJob(IScheduledScan scan) : IJob
{
    public const string Tenant = "tenant", Connector = "connector", Plan = "schedule", Group = "connectors";
    public static readonly JobKey Key = new("scan", Group);

    // The scheduler does not wait for the last milliseconds, while schedules name whole seconds.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(500);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        await scan.Fire(
            data.GetString(Tenant)!, Guid.Parse(data.GetString(Connector)!, CultureInfo.InvariantCulture), DueAt(context), cancellationToken);
    }

    // The last time that the schedule names before the firing: the scheduler's own word for it is the first missed time
    // after a pause, the time of the retry after some failures, and the time of the firing once its node has died.
    private static DateTimeOffset DueAt(IJobExecutionContext context)
    {
        var fired = context.Recovering ? context.ScheduledFireTimeUtc ?? context.FireTimeUtc : context.FireTimeUtc;
        var schedule = JsonSerializer.Deserialize<Schedule>(context.MergedJobDataMap.GetString(Plan)!)!;
        return schedule.Last(fired + Early) ?? fired;
    }
}
