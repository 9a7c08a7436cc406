using Npgsql;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>Makes this node's scheduler on first use, after the database was asked for the time.</summary>
internal sealed class SchedulerAccess(
    ISchedulerFactory factory, DatabaseClock clock, NpgsqlDataSource database, IEnumerable<TimedJob> own) : IDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile IScheduler? _scheduler;

    public async Task<IScheduler> Get(CancellationToken cancel)
    {
        if (_scheduler is { } made)
            return made;
        await _making.WaitAsync(cancel);
        try
        {
            return _scheduler ??= await Make(cancel);
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    /// <summary>Every node says the same of a job, and its times do not depend on when a node started.</summary>
    private async Task Add(IScheduler scheduler, TimedJob timed, CancellationToken cancel)
    {
        var key = new JobKey(timed.Name, TimedJob.Group);
        await scheduler.AddJob(timed.Job(key), AddJobOptions.Replacing, cancel);
        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(timed.Name, TimedJob.Group)
            .ForJob(key)
            .WithSchedule(CronScheduleBuilder.Create(timed.Cron).InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancel);
    }

    private async Task<IScheduler> Make(CancellationToken cancel)
    {
        await clock.Measure(database, cancel);
        var scheduler = await factory.GetScheduler(cancel);
        var job = JobBuilder.Create<ScanJob>().WithIdentity(ScanJob.Key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing, cancel);
        foreach (var timed in own)
            await Add(scheduler, timed, cancel);
        return scheduler;
    }
}
