using System.Text.Json;
using QualityIngest.Database;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>The schedules of connectors, set and removed within the caller's transaction.</summary>
public sealed class Schedules
{
    private readonly SchedulerAccess _access;
    private readonly DatabaseClock _clock;
    private readonly SchedulingOptions _options;

    internal Schedules(SchedulerAccess access, DatabaseClock clock, SchedulingOptions options) =>
        (_access, _clock, _options) = (access, clock, options);

    /// <summary>
    /// Sets a connector's only schedule. It is seen by the nodes within <see cref="SchedulingOptions.PollInterval"/> of the
    /// commit. A start in the past fires at its next time; a schedule without a start fires at once.
    /// </summary>
    /// <returns>The schedule with its start written out: what is stored and shown, and whose <c>Next</c> tells the real times.</returns>
    /// <exception cref="ArgumentException">The schedule has <see cref="Schedule.Problems()"/>.</exception>
    public async Task<Schedule> Set(Session session, string tenant, Guid connector, Schedule schedule, CancellationToken cancel)
    {
        if (schedule.Problems(_options.ShortestInterval) is [var problem, ..])
            throw new ArgumentException($"{problem.Field}: {problem.Message}", nameof(schedule));

        var scheduler = await _access.Get(cancel);
        var now = _clock.GetUtcNow();
        var definite = schedule.From(now);
        var trigger = TriggerBuilder.Create(_clock)
            .WithIdentity(Key(connector))
            .ForJob(ScanJob.Key)
            .UsingJobData(ScanJob.Tenant, tenant)
            .UsingJobData(ScanJob.Connector, connector.ToString())
            .UsingJobData(ScanJob.Plan, JsonSerializer.Serialize(definite))
            .WithRetryPolicy(RetryPolicy.Exponential(5, TimeSpan.FromSeconds(1), 2));
        return await Enlisted(session, scheduler, async () =>
        {
            await scheduler.ScheduleTrigger(Timed(trigger, definite, now).Build(), TriggerConflict.Replace, cancel);
            return definite;
        }, cancel);
    }

    /// <summary>Removes a connector's schedule, if it has one.</summary>
    public async Task Remove(Session session, Guid connector, CancellationToken cancel)
    {
        var scheduler = await _access.Get(cancel);
        await Enlisted(session, scheduler, async () => await scheduler.UnscheduleJob(Key(connector), cancel), cancel);
    }

    // Missed firings become one, at once, and the following ones keep to the times that they would have had.
    private static TriggerBuilder<IJob> Timed(TriggerBuilder<IJob> trigger, Schedule schedule, DateTimeOffset now) => schedule switch
    {
        IntervalSchedule interval => trigger
            .StartAt(interval.Next(now - TimeSpan.FromSeconds(1))!.Value)
            .WithSchedule(CalendarIntervalScheduleBuilder.Create()
                .WithInterval((int)interval.Interval.TotalMinutes, global::Quartz.IntervalUnit.Minute)
                .InTimeZone(TimeZoneInfo.Utc)
                .WithMisfireInstruction(CalendarIntervalTriggerMisfireInstruction.FireAndProceed)),
        CronSchedule cron => trigger
            .StartAt(now)
            .WithSchedule(CronScheduleBuilder.Create(CronText.Parse(cron)).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)),
        _ => throw new ArgumentException($"{schedule.GetType().Name} is no known schedule."),
    };

    private static Task<T> Enlisted<T>(Session session, IScheduler scheduler, Func<Task<T>> work, CancellationToken cancel) =>
        session.AsOwner(async () =>
        {
            using var enlisted = scheduler.EnlistTransaction(session.Transaction);
            return await work();
        }, cancel);

    private static TriggerKey Key(Guid connector) => new(connector.ToString(), ScanJob.Group);
}
