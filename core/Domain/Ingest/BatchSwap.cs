using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>What came of an import that is whole.</summary>
public enum SwapOutcome
{
    /// <summary>It is shown once the transaction commits; its conversations are to be folded.</summary>
    Shown,

    /// <summary>It is not shown, or not yet, and its batch says so; nothing is left to be done.</summary>
    Ended,

    /// <summary>Another import of the feed is about to be shown: ask again in a moment.</summary>
    Busy,
}

/// <summary>
/// Shows an import in the place of what it replaces. Whoever does it holds the feed's row, so that of two imports the second
/// one sees what the first has shown.
/// </summary>
public sealed class BatchSwap(EventStore.EventStore events)
{
    /// <summary>Decides and records what becomes of the import, in the caller's transaction, which is to commit.</summary>
    /// <returns>What came of it, and the import as it then is.</returns>
    public async Task<(SwapOutcome Outcome, StoredImport Import)> Show(PipelineSession session, StoredImport stored, CancellationToken cancel)
    {
        var import = stored.Import;
        // Not waited for: a large snapshot holds it for minutes. Its key stays free, so that imports of the feed can begin.
        if (!await session.First(
            new Statement("select from feeds where tenant_id = $1 and id = $2 for no key update skip locked", session.Tenant, import.FeedId), _ => true, cancel))
            return (SwapOutcome.Busy, stored);
        var decision = SwapDecision.Decide(import, stored.Rows, await Shown(session, import.FeedId, cancel));
        var others = decision.Retired.Where(r => r.BatchId != import.BatchId).ToDictionary(r => r.BatchId, r => r.Id);
        var waiting = import.Snapshot ? await Waiting(session, import, cancel) : [];
        var locked = await events.Lock(
            session.Transaction, session.Tenant, [.. others.Keys.Concat(waiting.Keys).Append(import.BatchId).Distinct()], cancel);
        var batch = BatchState.Fold(import.BatchId, locked[import.BatchId].Events)!;
        if (batch is not { Status: BatchStatus.Importing } || batch.ImportId != import.Id)
        {
            await FeedImports.GiveUp(session, import.BatchId, cancel);
            return (SwapOutcome.Ended, stored);
        }

        if (!decision.Shown)
        {
            await FeedImports.GiveUp(session, import.BatchId, cancel);
            await Append(session, [(batch, new BatchSuperseded(import.Id, stored.Progress.Read))], cancel);
            return (SwapOutcome.Ended, stored);
        }

        if (import.Snapshot && decision.Shrinks && !batch.Confirmed)
        {
            await Append(
                session, [(batch, new BatchConfirmationRequired(import.Id, stored.Progress.Read, decision.RowsBefore, decision.RowsAfter))], cancel);
            return (SwapOutcome.Ended, stored);
        }

        var retired = decision.Retired.Select(r => r.Id).ToArray();
        Guid[] folding = [import.Id, .. retired];
        var states = locked.Values.Where(s => s.Stream != import.BatchId).Select(s => BatchState.Fold(s.Stream, s.Events)!).ToList();
        var covered = states.Where(s => s.Status == BatchStatus.Imported && others.TryGetValue(s.Id, out var shown) && s.ImportId == shown);
        var outdated = states.Where(s => s.Status == BatchStatus.AwaitingConfirmation && waiting.TryGetValue(s.Id, out var read) && s.ImportId == read).ToList();
        await session.ExecuteAll(
        [
            // One after the other: the index of what is current is checked row by row. Nobody sees between them.
            new Statement(
                "update feed_imports set state = 'retired' where tenant_id = $1 and id = any($2)", session.Tenant,
                (Guid[])[.. retired, .. outdated.Select(s => s.ImportId!.Value)]),
            new Statement(
                "update feed_imports set state = 'current', shown_at = clock_timestamp(), folding = $3 where tenant_id = $1 and id = $2",
                session.Tenant, import.Id, folding),
        ], cancel);
        await Append(session, [.. covered.Concat(outdated).Select(s => (s, (object)new BatchSuperseded(s.ImportId!.Value, s.Counts)))], cancel);
        return (SwapOutcome.Shown, stored with { State = "current", Folding = folding });
    }

    private static Task<List<ShownImport>> Shown(PipelineSession session, Guid feed, CancellationToken cancel) =>
        session.Query(
            new Statement(
                """
                select id, batch_id, partition, snapshot, date, sealed_at, rows from feed_imports
                where tenant_id = $1 and feed_id = $2 and state = 'current'
                """,
                session.Tenant, feed),
            row => new ShownImport(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetBoolean(3), row.GetFieldValue<DateOnly>(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetInt64(6)),
            cancel);

    /// <summary>The older snapshots of the feed that wait for somebody to confirm them, by their batches.</summary>
    private static async Task<Dictionary<Guid, Guid>> Waiting(PipelineSession session, FeedImport import, CancellationToken cancel)
    {
        var found = await session.Query(
            new Statement(
                """
                select i.batch_id, i.id from feed_imports i
                where i.tenant_id = $1 and i.feed_id = $2 and i.state = 'staging' and i.snapshot and i.batch_id <> $3
                  and (i.date, i.sealed_at) < ($4, $5)
                  and exists (select from batches b where b.tenant_id = $1 and b.id = i.batch_id and b.status = 'awaiting_confirmation')
                """,
                session.Tenant, import.FeedId, import.BatchId, import.Date, import.SealedAt.UtcDateTime),
            row => (Batch: row.GetGuid(0), Import: row.GetGuid(1)), cancel);
        return found.ToDictionary(f => f.Batch, f => f.Import);
    }

    private Task Append(PipelineSession session, IReadOnlyList<(BatchState State, object Event)> happened, CancellationToken cancel) =>
        events.Append(
            session.Transaction, session.Tenant,
            [.. happened.Select(h => new StreamAppend(h.State.Id, BatchState.StreamType, h.State.Version, [h.Event], BatchState.Apply(h.State, h.Event)))],
            cancel);
}
