using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks;

/// <summary>The payload of <see cref="WorkKinds.Redeliver"/>.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="ReplayId">What the new deliveries are marked by; null: failed ones are tried again.</param>
/// <param name="Since">Events, or failed deliveries, of this time or later.</param>
/// <param name="After">Events behind this place in the feed.</param>
public sealed record RedeliverWork(Guid EndpointId, Guid? ReplayId, DateTimeOffset? Since, long? After);

/// <summary>How far it is.</summary>
/// <param name="After">The last event that was looked at.</param>
/// <param name="UpTo">The last number drawn for an event when it began; later ones are told of by themselves.</param>
/// <param name="Began">When it began: what fails again after that is left alone.</param>
public sealed record RedeliverProgress(long After, long UpTo, DateTimeOffset Began);

/// <summary>Has an endpoint sent again what failed, or what has happened, in pages; each page commits with the place that it ends at.</summary>
public sealed class RedeliverStep(Postgres postgres, WorkQueue queue, EventFeed feed, EventRegistry registry) : IWorkStep
{
    private const int PageRows = 5_000;

    /// <summary>How long a replay waits before it looks again whether the events up to its end are final.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a transaction may have been open and still be found by a replay of what has happened since a time. An event's time is
    /// the beginning of its transaction; one that is open for longer holds the whole feed back for as long, and is seen in its lag.
    /// </summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromDays(1);

    private readonly List<(string Stored, string Public)> _names =
        [.. registry.Events.Select(e => (e.Key, Public: EventTypes.NameOf(e.Value))).Where(n => n.Public is not null).Select(n => (n.Key, n.Public!))];

    /// <inheritdoc/>
    public string Kind => WorkKinds.Redeliver;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
        {
            var work = DomainJson.Read<RedeliverWork>(item.Payload);
            RedeliverProgress? progress = item.Progress is { } saved ? DomainJson.Read<RedeliverProgress>(saved) : await Begin(item.Tenant, work, cancel);
            while (progress is not null)
                progress = await Page(item, work, progress, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task GiveUp(WorkItem item, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.Bury(session, item, "attempts_exhausted", "The redelivery did not reach its end within its attempts.", cancel);
        await session.Commit(cancel);
    }

    private async Task<RedeliverProgress> Begin(string tenant, RedeliverWork work, CancellationToken cancel)
    {
        var watermark = await feed.Watermark(cancel);
        await using var session = await postgres.Pipeline(tenant, cancel);
        var after = work switch
        {
            { After: { } place } => place,
            { ReplayId: not null, Since: { } since } when since - DateTimeOffset.MinValue > LongestTransaction =>
                await StartOf(session, since - LongestTransaction, watermark.Drawn, cancel),
            _ => 0,
        };
        return new(after, watermark.Drawn, await session.Scalar<DateTimeOffset>(new Statement("select clock_timestamp()"), cancel));
    }

    /// <summary>A place that all events of a time or later stand behind, and not much else: history is not read from its beginning.</summary>
    internal static Task<long> StartOf(PipelineSession session, DateTimeOffset time, long upTo, CancellationToken cancel) =>
        session.Scalar<long>(
            Statement.File<RedeliverStep>("Webhooks/ReplayStart.sql", session.Tenant, 0L, upTo, time.UtcDateTime, (long)PageRows), cancel);

    private async Task<RedeliverProgress?> Page(WorkItem item, RedeliverWork work, RedeliverProgress progress, CancellationToken cancel)
    {
        // Asked before the session looks: whatever is final by then, it sees.
        var final = work.ReplayId is null ? progress.UpTo : Math.Min(progress.UpTo, (await feed.Watermark(cancel)).Final);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var next = work.ReplayId is { } replay
            ? await Replay(session, work, replay, progress, final, cancel)
            : await RetryFailed(session, work, progress, cancel);
        if (next is null && final == progress.UpTo)
        {
            await queue.Complete(session, [item], cancel);
        }
        else
        {
            await queue.SaveProgress(session, item, DomainJson.Write(next ?? progress), cancel);
            // What an open transaction holds back comes later; others need not wait for it.
            if (next is null)
                await queue.Return(session, [item], Pause, cancel);
        }

        await session.Commit(cancel);
        return next;
    }

    private async Task<RedeliverProgress?> Replay(
        PipelineSession session, RedeliverWork work, Guid replay, RedeliverProgress progress, long upTo, CancellationToken cancel)
    {
        var last = await session.Scalar<long?>(
            Statement.File<RedeliverStep>(
                "Webhooks/Replay.sql", session.Tenant, work.EndpointId, replay, progress.After, upTo, work.Since?.UtcDateTime, PageRows,
                _names.Select(n => n.Stored).ToArray(), _names.Select(n => n.Public).ToArray()),
            cancel);
        return last is { } after ? progress with { After = after } : null;
    }

    private static async Task<RedeliverProgress?> RetryFailed(
        PipelineSession session, RedeliverWork work, RedeliverProgress progress, CancellationToken cancel) =>
        await session.Execute(
            Statement.File<RedeliverStep>(
                "Webhooks/RetryFailed.sql", session.Tenant, work.EndpointId, work.Since!.Value.UtcDateTime, progress.Began.UtcDateTime, PageRows),
            cancel) < PageRows ? null : progress;
}
