using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>A batch that is to be imported, or whose import goes on.</summary>
/// <param name="State">The batch.</param>
/// <param name="Import">The import.</param>
/// <param name="Files">What it reads, in the order of their keys.</param>
public sealed record SealedBatch(BatchState State, StoredImport Import, IReadOnlyList<BatchFile> Files);

/// <summary>Decides from the ledger what is to be done with a batch, and records it.</summary>
public sealed class BatchSealing(Postgres postgres, WorkQueue queue, EventStore.EventStore events, FileFormats formats)
{
    /// <summary>
    /// Makes the batch known, and begins or goes on with its import where it is sealed. Null: there is nothing to do, and the
    /// work is complete.
    /// </summary>
    public async Task<SealedBatch?> Decide(WorkItem item, BatchWork work, Connector connector, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        // Whoever changes what feeds hold asks for the batches that were sealed before again: none is sealed unseen meanwhile.
        var sharing = await Sharing.Take(session, connector.Id, cancel);
        connector = connector with { Namespace = sharing.Namespace, Settings = sharing.Settings };
        var id = Ids.Batch(work.SourceId, work.Path);
        var locked = await events.Lock(session.Transaction, item.Tenant, [id], cancel);
        var state = BatchState.Fold(id, locked.GetValueOrDefault(id)?.Events);
        var judge = new ObjectJudge(formats[connector.Format], connector);
        var directory = Directory(judge, work.Path);
        var recorded = state?.Version ?? 0;
        var appended = new List<object>();
        SealedBatch? batch = null;
        if (directory is not null)
        {
            var settings = connector.Settings.Feeds ?? new();
            var kind = settings.KindOf(directory.Feed);
            if (state is null && await HasFiles(session, id, cancel))
            {
                state = Apply(new BatchState { Id = id }, new BatchDiscovered(
                    work.SourceId, connector.Id, work.Path, directory.Feed, kind, directory.Encoding, directory.Snapshot, directory.Partition, directory.Date));
            }

            if (state is not null)
            {
                var decision = SealDecision.Decide(state, await Marker(session, state, cancel), kind);
                if (decision is SealDecision.KindUnknown unknown)
                {
                    await FeedImports.GiveUp(session, id, cancel);
                    state = Apply(state, new BatchFailed(
                        null, FeedCodes.KindUnknown, $"Nobody says what the feed {Quotation.Of(directory.Feed)} holds: map it in the connector's settings.", false,
                        unknown.Marker.Version, unknown.Marker.At));
                }
                else if (decision is SealDecision.GoOn or SealDecision.Begin)
                {
                    batch = await Import(decision, directory, judge.Root(work.Path)!, session, state, connector, Apply, cancel);
                    state = batch.State;
                }
            }
        }

        if (appended is not [])
            await events.Append(session.Transaction, item.Tenant, [new(id, BatchState.StreamType, recorded, appended, state)], cancel);
        if (batch is null)
            await queue.Complete(session, [item], cancel);
        else
            await queue.SaveProgress(session, item, DomainJson.Write(new BatchPlace(batch.Import.Import.Id, batch.Import.Progress)), cancel);
        await session.Commit(cancel);
        return batch;

        BatchState Apply(BatchState before, object @event)
        {
            appended.Add(@event);
            return BatchState.Apply(before, @event);
        }
    }

    private static async Task<SealedBatch> Import(
        SealDecision decision, FeedDirectory directory, string root, PipelineSession session, BatchState state, Connector connector,
        Func<BatchState, object, BatchState> apply, CancellationToken cancel)
    {
        var (marker, kind) = decision switch
        {
            SealDecision.Begin begin => (begin.Marker, begin.Kind),
            SealDecision.GoOn goOn => (goOn.Marker, goOn.Kind),
            _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
        };
        var files = await Files(session, state.Id, marker.At, cancel);
        var hash = FeedImports.HashOf(files);
        if (decision is SealDecision.GoOn)
        {
            var stored = await FeedImports.Find(session, connector, state.ImportId!.Value, cancel);
            if (stored is { State: "staging" } && (stored.Progress.Complete || stored.FilesHash == hash))
                return new(state, stored, files);
            if (stored is null)
                return new(state, await Begin(state.ImportId!.Value), files);
        }

        var import = Ids.New();
        state = apply(state, new BatchSealed(connector.Id, kind, import, marker.Version, marker.At));
        return new(state, await Begin(import), files);

        Task<StoredImport> Begin(Guid id) => FeedImports.Begin(
            session,
            new(id, state.Id, Ids.Feed(connector.SourceId, root, directory.Feed), connector.Id, connector.Namespace, kind, directory.Partition,
                directory.Snapshot, directory.Date ?? DateOnly.FromDateTime(marker.At.UtcDateTime), marker.Version, marker.At, connector.Settings.Feeds ?? new()),
            connector.SourceId, root, directory.Feed, hash, cancel);
    }

    /// <summary>What the path says of the batch; null where the connector does not read it any more.</summary>
    private static FeedDirectory? Directory(ObjectJudge judge, string path) =>
        judge.Judge(path.EndsWith('/') ? path + FeedDirectory.Marker : path, size: 1) switch
        {
            Verdict.Seal marker => marker.Batch,
            Verdict.Await file => file.Batch,
            _ => null,
        };

    private static Task<bool> HasFiles(PipelineSession session, Guid batch, CancellationToken cancel) =>
        session.First(
            new Statement("select from files where tenant_id = $1 and batch_id = $2 limit 1", session.Tenant, batch), _ => true, cancel);

    /// <summary>The marker that lies in the directory; of a file that is a batch of its own, the file.</summary>
    private static Task<BatchMarker?> Marker(PipelineSession session, BatchState state, CancellationToken cancel) =>
        session.First(
            new Statement(
                """
                select etag, last_modified from files
                where tenant_id = $1 and source_id = $2 and key = $3 collate "C" and not removed and batch_id = $4
                  and ($5 or error_code = 'batch_marker')
                """,
                session.Tenant, state.SourceId, state.Path.EndsWith('/') ? state.Path + FeedDirectory.Marker : state.Path, state.Id, !state.Path.EndsWith('/')),
            row => new BatchMarker(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancel);

    /// <summary>What a marker of that time seals.</summary>
    private static async Task<List<BatchFile>> Files(PipelineSession session, Guid batch, DateTimeOffset sealedAt, CancellationToken cancel)
    {
        var ordinal = 0;
        return await session.Query(
            new Statement(
                """
                select id, key, etag, size, last_modified from files
                where tenant_id = $1 and batch_id = $2 and not removed and last_modified <= $3
                  and (status <> 'skipped' or error_code = 'not_a_recording') -- which it is only as long as the feed holds recordings
                order by key
                """,
                session.Tenant, batch, sealedAt.UtcDateTime),
            row => new BatchFile(row.GetGuid(0), ordinal++, row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)), cancel);
    }
}
