using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Validate, append, project: stores a batch of rows. One transaction holds the decisions' events, the read tables,
/// the contents, the refusals, the work that follows and the place that the file is read up to.
/// </summary>
public sealed class RowBatches(Postgres postgres, WorkQueue queue, EventStore.EventStore events)
{
    private const int WholeBatchAttempts = 3;

    /// <summary>
    /// Stores the rows and returns how far the file is read now. A batch that meets a concurrent one over the same
    /// conversations is tried again whole, and at last row by row. Null: the file has a newer version by now, whose reading
    /// is another item's, and nothing more of this one is stored.
    /// </summary>
    public async Task<FileProgress?> Store(
        WorkItem item, Connector connector, FileState file, IReadOnlyList<FormatItem> rows, FileProgress progress, CancellationToken cancel)
    {
        if (rows is [])
            return progress;

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StoreOnce(item, connector, file, rows, progress, cancel);
            }
            catch (ConcurrencyException) when (attempt < WholeBatchAttempts || rows.Count == 1)
            {
                cancel.ThrowIfCancellationRequested();
            }
            catch (ConcurrencyException)
            {
                return await StoreEach(item, connector, file, rows, progress, cancel);
            }
        }
    }

    private async Task<FileProgress?> StoreEach(
        WorkItem item, Connector connector, FileState file, IReadOnlyList<FormatItem> rows, FileProgress? progress, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            if (progress is not null)
                progress = await Store(item, connector, file, [row], progress, cancel);
        }

        return progress;
    }

    private async Task<FileProgress?> StoreOnce(
        WorkItem item, Connector connector, FileState file, IReadOnlyList<FormatItem> rows, FileProgress progress, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var valid = rows.OfType<ValidRow>().Select(r => r.Conversation with { Place = r.Place }).ToDictionary(r => r.Line);
        var sharing = await Sharing.Take(session, connector.Id, cancel);
        if (!await IsCurrent(session, file, cancel))
            return null;
        var assignments = await sharing.Assignments(session, valid.Values, cancel);

        var ids = valid.Values.ToDictionary(r => r.Line, r => Ids.Conversation(item.Tenant, sharing.Namespace, r.AgentPart, r.ExternalId));
        var locked = await events.Lock(session.Transaction, item.Tenant, [.. ids.Values.Distinct()], cancel);
        var drafts = new Drafts(locked);
        var stored = await Contents.Rows(session, [.. Pairs(valid.Values, ids, drafts)], cancel);
        var erased = await ErasedIdentities.Among(session, sharing.Namespace, rows.OfType<RejectedRow>().Select(r => r.ExternalId), cancel);
        var refused = rows.OfType<RejectedRow>().Where(r => !IsErased(r)).ToList();
        var counts = progress.Counts;
        foreach (var row in rows)
        {
            if (!valid.TryGetValue(row.Line, out var parsed))
            {
                counts = counts.With(IsErased(row) ? RowOutcome.Erased : RowOutcome.Rejected);
                continue;
            }

            var arrived = new ArrivedRow(
                connector.Id, sharing.Namespace, sharing.Settings.RevisionPolicy, parsed,
                new(file.Id, file.Etag, file.Key, file.LastModified, parsed.Line), assignments.Assign(parsed));
            var id = ids[parsed.Line];
            var decision = RowDecision.Decide(drafts.State(id), arrived, drafts.Row(id) ?? stored.GetValueOrDefault(id));
            drafts.Add(id, decision);
            if (decision.Faults is not [])
                refused.Add(new(row.Line, parsed.ExternalId, decision.Faults) { Place = row.Place });
            counts = counts.With(decision.Outcome);
        }

        var reached = new FileProgress(rows[^1].Line, counts);
        await Contents.Add(session, drafts.Contents, cancel);
        await Rejections.Add(session, file.Id, refused, cancel);
        await events.Append(session.Transaction, item.Tenant, drafts.Appends(), cancel);
        await queue.Enqueue(session, item.Tenant, [.. drafts.Changed().Where(Resolving.IsDue).Select(Resolving.Item)], cancel);
        await queue.SaveProgress(session, item, DomainJson.Write(reached), cancel);
        await session.Commit(cancel);
        return reached;

        // Who is erased leaves nothing here, be the row valid or not.
        bool IsErased(FormatItem row) => row is RejectedRow { ExternalId: { } id } && erased.Contains(id);
    }

    /// <summary>The conversations whose stored row a mono row of the batch has to be set against.</summary>
    private static IEnumerable<ConversationState> Pairs(
        IEnumerable<ParsedConversation> rows, Dictionary<long, Guid> ids, Drafts drafts) =>
        rows.Where(RowDecision.IsMono).Select(r => drafts.State(ids[r.Line])).OfType<ConversationState>()
            .Where(s => s.RecordingType is RecordingType.Mono).DistinctBy(s => s.Id);

    /// <summary>Whether the version is still the file's, and stays so until the batch commits.</summary>
    private static Task<bool> IsCurrent(PipelineSession session, FileState file, CancellationToken cancel) =>
        session.First(
            new Statement("select from files where tenant_id = $1 and id = $2 and etag = $3 for share", session.Tenant, file.Id, file.Etag),
            _ => true, cancel);
}
