using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>Fires schedules while the application runs, and keeps its clock the database's.</summary>
internal sealed partial class ScheduleRunner(
    SchedulerAccess access, DatabaseClock clock, NpgsqlDataSource database, SchedulingOptions options, ILogger<ScheduleRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);
    private IScheduler? _scheduler;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
            return;
        _scheduler = await access.Get(cancellationToken);
        if (clock.Offset.Duration() > Noticeable)
            LogWrongClock(clock.Offset.TotalSeconds);
        await _scheduler.Start(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is not null)
            await _scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ClockInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Measure(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end of the application
        }
    }

    private async Task Measure(CancellationToken cancel)
    {
        try
        {
            await clock.Measure(database, cancel);
        }
        catch (NpgsqlException e)
        {
            LogUnmeasured(e);
        }
    }

    [LoggerMessage(EventId = 4100, Level = LogLevel.Warning,
        Message = "This node's clock is {Seconds:0} s behind the database's (negative: ahead). Schedules follow the database's clock; set this node's for its logs' sake.")]
    private partial void LogWrongClock(double seconds);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "The database did not tell the time; the scheduler goes on from what it was told before.")]
    private partial void LogUnmeasured(Exception exception);
}
