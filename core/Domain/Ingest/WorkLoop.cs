using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Domain.Ingest;

/// <summary>Claims one kind of work and has its step do it, several batches at a time, until the node stops.</summary>
public sealed partial class WorkLoop<TStep>(
    TStep step, WorkQueue queue, Postgres postgres, IOptions<IngestOptions> options, ILogger<WorkLoop<TStep>> logger) : BackgroundService
    where TStep : IWorkStep
{
    /// <summary>How long what waited for others in vain is left alone.</summary>
    private static readonly TimeSpan AfterWaiting = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Enabled
            ? Task.WhenAll(Enumerable.Range(0, step.Concurrency).Select(_ => Loop(stoppingToken)))
            : Task.CompletedTask;

    private async Task Loop(CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await ClaimAndRun(stopping))
                    await Task.Delay(options.Value.Poll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                // Infrastructure is away or a step has a defect: what was claimed comes back when its lease runs out.
                LogBroken(broken, step.Kind);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            }
        }
    }

    /// <summary>False: there is nothing to do.</summary>
    private async Task<bool> ClaimAndRun(CancellationToken stopping)
    {
        var claimed = await queue.Claim(step.Kind, step.Batch, stopping);
        if (claimed is [])
            return false;

        var chosen = await Choose([.. claimed.Where(i => i.Attempts <= queue.Options.MaxAttempts)], stopping);
        foreach (var exhausted in claimed.Concat(chosen).Where(i => i.Attempts > queue.Options.MaxAttempts))
            await step.GiveUp(exhausted, stopping);

        // On its last attempt an item runs alone, so that what kills its process in the end takes none of its batch along.
        IReadOnlyList<WorkItem> batch = [.. chosen.Where(i => i.Attempts < queue.Options.MaxAttempts)];
        IReadOnlyList<WorkItem> last = [.. chosen.Where(i => i.Attempts == queue.Options.MaxAttempts)];
        await Return([.. last.Skip(1)]);
        last = [.. last.Take(1)];
        await Work([.. batch, .. last], [batch, last], stopping);
        return true;
    }

    /// <summary>Has the step choose what is to be done for claimed items. Where it throws, they back off.</summary>
    private async Task<IReadOnlyList<WorkItem>> Choose(IReadOnlyList<WorkItem> items, CancellationToken stopping)
    {
        try
        {
            return await step.Choose(items, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Return(items);
            throw;
        }
        catch (Exception defect) when (defect is not Npgsql.NpgsqlException { IsTransient: true })
        {
            LogBroken(defect, step.Kind);
            foreach (var item in items)
                await BackOff(item, stopping);
            return [];
        }
    }

    /// <summary>Runs groups of items one after the other, all of them under one heartbeat.</summary>
    private async Task Work(IReadOnlyList<WorkItem> items, IEnumerable<IReadOnlyList<WorkItem>> groups, CancellationToken stopping)
    {
        if (items is [])
            return;

        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = Heartbeat(items, running.Token);
        try
        {
            foreach (var group in groups.Where(g => g.Count > 0))
                await Run(group, running.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Return(items);
            throw;
        }
        finally
        {
            await running.CancelAsync();
            await heartbeat;
        }
    }

    /// <summary>
    /// Runs a batch. Where one item makes the step throw, the items run one by one, so that it takes no other with it;
    /// alone, it backs off.
    /// </summary>
    private async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = Traces.Work(step.Kind, items.Count, items.Max(item => item.Attempts));
        try
        {
            await step.Run(items, cancel);
            Instruments.Worked(step.Kind, Stopwatch.GetElapsedTime(began));
        }
        catch (LeaseLostException) when (items.Count == 1)
        {
            span.Failed("lease_lost");
            LogLeaseLost(step.Kind);
        }
        catch (Npgsql.PostgresException waiting) when (waiting.SqlState == Npgsql.PostgresErrorCodes.LockNotAvailable)
        {
            // A large snapshot holds its conversations for minutes. Who waits for it has not failed.
            LogWaits(step.Kind);
            await Return(items, AfterWaiting);
        }
        catch (Exception defect) when (defect is not (OperationCanceledException or Npgsql.NpgsqlException { IsTransient: true }))
        {
            span.Failed(defect.GetType().FullName!);
            if (items.Count > 1)
            {
                foreach (var item in items)
                    await Run([item], cancel);
                return;
            }

            LogBroken(defect, step.Kind);
            await BackOff(items[0], cancel);
        }
    }

    private async Task BackOff(WorkItem item, CancellationToken cancel)
    {
        try
        {
            await using var session = await postgres.Pipeline(item.Tenant, cancel);
            await queue.Retry(session, item, "internal_error", "The node could not do this work; its log says why.", cancel);
            await session.Commit(cancel);
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(step.Kind);
        }
    }

    private async Task Heartbeat(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(queue.Options.Lease / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                try
                {
                    await queue.Extend(items, cancel);
                }
                catch (Npgsql.NpgsqlException broken)
                {
                    LogBroken(broken, step.Kind);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The work ended: so does its heartbeat.
        }
    }

    /// <summary>Gives back what was claimed, each on its own: some may be done already.</summary>
    private async Task Return(IReadOnlyList<WorkItem> items, TimeSpan? delay = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        foreach (var item in items)
        {
            try
            {
                await using var session = await postgres.Pipeline(item.Tenant, patience.Token);
                await queue.Return(session, [item], delay, patience.Token);
                await session.Commit(patience.Token);
            }
            catch (LeaseLostException)
            {
                LogLeaseLost(step.Kind);
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Work of kind {Kind} stopped short; it is tried again.")]
    private partial void LogBroken(Exception broken, string kind);

    [LoggerMessage(2002, LogLevel.Information, "Work of kind {Kind} had passed to another worker; its result is dropped.")]
    private partial void LogLeaseLost(string kind);

    [LoggerMessage(2006, LogLevel.Information, "Work of kind {Kind} waits for conversations that another holds; it comes again, and no attempt is counted.")]
    private partial void LogWaits(string kind);
}
