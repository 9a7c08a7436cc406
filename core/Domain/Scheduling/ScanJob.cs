using System.Globalization;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>What happens when a connector's schedule is due.</summary>
public interface IScheduledScan
{
    /// <summary>
    /// Starts the connector's scan. It may be called again with the same <paramref name="dueAt"/>, after a failure or by
    /// another node when this one dies, so it finds out by (connector, due time) what was done already.
    /// </summary>
    /// <param name="dueAt">When the schedule was due, in whole milliseconds of the database's clock; the same on every call for one firing.</param>
    Task Fire(string tenant, Guid connector, DateTimeOffset dueAt, CancellationToken cancel);
}

/// <summary>The one job of all schedules; the trigger says which connector.</summary>
internal sealed class ScanJob(IScheduledScan scan) : IJob
{
    public const string Tenant = "tenant", Connector = "connector", Group = "connectors";
    public static readonly JobKey Key = new("scan", Group);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        await scan.Fire(
            data.GetString(Tenant)!, Guid.Parse(data.GetString(Connector)!, CultureInfo.InvariantCulture), DueAt(context), cancellationToken);
    }

    // A firing that is recovered from a dead node is due when the dead node's was.
    private static DateTimeOffset DueAt(IJobExecutionContext context)
    {
        var due = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        if (context.Recovering
            && context.MergedJobDataMap.TryGetString(SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime, out var original)
            && DateTimeOffset.TryParse(original, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first))
            due = first;
        return DateTimeOffset.FromUnixTimeMilliseconds(due.ToUnixTimeMilliseconds());
    }
}
