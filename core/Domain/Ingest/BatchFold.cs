using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Has every conversation that a swap concerns folded anew, page by page in the order of their ids: what the import brought,
/// and what the retired ones had brought.
/// </summary>
public sealed class BatchFold(
    Postgres postgres, WorkQueue queue, EventStore.EventStore events, FeedTables tables, FeedFold fold, IOptions<IngestOptions> options)
{
    private const int WholePageAttempts = 3;

    /// <summary>
    /// Folds all pages that are left within the caller's transaction and ends the import: nobody sees some conversations as
    /// the swap makes them and others as they were.
    /// </summary>
    /// <exception cref="ConcurrencyException">Another transaction made one of the conversations: the swap is done anew.</exception>
    public async Task Within(PipelineSession session, StoredImport import, CancellationToken cancel)
    {
        for (var ended = false; !ended;)
            (import, ended) = await Page(session, import, options.Value.FoldPage, cancel);
        await End(session, import, cancel);
    }

    /// <summary>
    /// Folds the pages that are left, each in a transaction of its own, and ends the import. How far it is, is kept with the
    /// work: the import's own row may be another's to retire meanwhile. A page that meets another transaction's new
    /// conversations is folded again, at last one by one.
    /// </summary>
    /// <param name="item">The work.</param>
    /// <param name="import">The import, which was shown.</param>
    /// <param name="isLast">Whether the work is complete then.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task PageByPage(WorkItem item, StoredImport import, bool isLast, CancellationToken cancel)
    {
        var conflicts = 0;
        for (var ended = false; !ended;)
        {
            try
            {
                await using var session = await postgres.Pipeline(item.Tenant, cancel);
                (var next, ended) = await Page(session, import, conflicts < WholePageAttempts ? options.Value.FoldPage : 1, cancel);
                await queue.SaveProgress(session, item, DomainJson.Write(new BatchPlace(next.Import.Id, next.Progress)), cancel);
                await session.Commit(cancel);
                (import, conflicts) = (next, 0);
            }
            catch (ConcurrencyException)
            {
                cancel.ThrowIfCancellationRequested();
                (ended, conflicts) = (false, conflicts + 1);
            }
        }

        // Apart from the last page: whoever swaps locks batches first, and conversations after them.
        await using var last = await postgres.Pipeline(item.Tenant, cancel);
        await End(last, import, cancel);
        if (isLast)
            await queue.Complete(last, [item], cancel);
        else
            await queue.SaveProgress(last, item, DomainJson.Write(new BatchPlace(import.Import.Id, new())), cancel);
        await last.Commit(cancel);
    }

    private async Task<(StoredImport Import, bool Ended)> Page(PipelineSession session, StoredImport import, int limit, CancellationToken cancel)
    {
        var page = await Conversations(session, import, limit, cancel);
        if (page is [])
            return (import, true);
        var counts = await fold.Fold(session, import.Import, page, cancel);
        return (import with { Progress = import.Progress.AfterFold(page[^1].Id, counts) }, page.Count < limit);
    }

    /// <summary>The next conversations. What is retired may be of another kind, where the connector was told otherwise since.</summary>
    private async Task<IReadOnlyList<FeedConversation>> Conversations(PipelineSession session, StoredImport import, int limit, CancellationToken cancel)
    {
        var kinds = await session.Query(
            new Statement(
                "select distinct kind from feed_imports where tenant_id = $1 and id = any($2)", session.Tenant, import.Folding.ToArray()),
            row => DomainJson.Parse<FeedKind>(row.GetString(0)), cancel);
        var found = new List<FeedConversation>();
        foreach (var kind in kinds)
            found.AddRange(await tables[kind].Conversations(session, import.Folding, import.Progress.FoldedTo, limit, cancel));
        return kinds.Count == 1 ? found : [.. found.DistinctBy(c => c.Id).OrderBy(c => c.Id).Take(limit)];
    }

    /// <summary>Records that the import is folded; of a batch that is about another import by now, only the import.</summary>
    private async Task End(PipelineSession session, StoredImport import, CancellationToken cancel)
    {
        var id = import.Import.BatchId;
        var locked = await events.Lock(session.Transaction, session.Tenant, [id], cancel);
        var shown = await session.Scalar<string>(
            new Statement(
                "update feed_imports set progress = $3, folding = null where tenant_id = $1 and id = $2 returning state",
                session.Tenant, import.Import.Id, Statement.Json(DomainJson.Write(import.Progress))),
            cancel) == "current";
        var batch = BatchState.Fold(id, locked[id].Events)!;
        if (batch.ImportId != import.Import.Id || batch.Status != BatchStatus.Importing)
            return;
        object @event = shown
            ? new BatchImported(import.Import.Id, import.Progress.Read, import.Progress.Folded)
            : new BatchSuperseded(import.Import.Id, import.Progress.Read);
        await events.Append(
            session.Transaction, session.Tenant,
            [new StreamAppend(id, BatchState.StreamType, batch.Version, [@event], BatchState.Apply(batch, @event))], cancel);
    }
}
