using Npgsql;
using Quartz;

namespace QualityIngest.Domain.Scheduling;

/// <summary>Makes this node's scheduler on first use, after the database was asked for the time.</summary>
internal sealed class SchedulerAccess(ISchedulerFactory factory, DatabaseClock clock, NpgsqlDataSource database) : IDisposable
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

    private async Task<IScheduler> Make(CancellationToken cancel)
    {
        await clock.Measure(database, cancel);
        var scheduler = await factory.GetScheduler(cancel);
        var job = JobBuilder.Create<ScanJob>().WithIdentity(ScanJob.Key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing, cancel);
        return scheduler;
    }
}
