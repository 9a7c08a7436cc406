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
        SealedBatch? batch = null;
        if (Directory(judge, work.Path) is { } directory && (state is not null || await HasFiles(session, id, cancel)))
            batch = await Decide(session, new(connector, directory, judge.Root(work.Path)!, id, work), state, cancel);

        if (batch is null)
            await queue.Complete(session, [item], cancel);
        else
            await queue.SaveProgress(session, item, DomainJson.Write(new BatchPlace(batch.Import.Import.Id, batch.Import.Progress)), cancel);
        await session.Commit(cancel);
        return batch;
    }

    private async Task<SealedBatch?> Decide(PipelineSession session, Sealing about, BatchState? former, CancellationToken cancel)
    {
        var (connector, directory) = (about.Connector, about.Directory);
        var kind = (connector.Settings.Feeds ?? new()).KindOf(directory.Feed);
        var happened = new List<object>();
        var state = former ?? Happened(new BatchState { Id = about.Id }, new BatchDiscovered(
            connector.SourceId, connector.Id, about.Work.Path, directory.Feed, kind, directory.Encoding, directory.Snapshot, directory.Partition, directory.Date));
        var decision = SealDecision.Decide(state, await Marker(session, state, cancel), kind);
        if (decision is SealDecision.KindUnknown unknown)
        {
            await FeedImports.GiveUp(session, about.Id, cancel);
            state = Happened(state, new BatchFailed(
                null, FeedCodes.KindUnknown, $"Nobody says what the feed {Quotation.Of(directory.Feed)} holds: map it in the connector's settings.", false,
                unknown.Marker.Version, unknown.Marker.At));
        }

        var import = decision as SealDecision.Import;
        IReadOnlyList<BatchFile> files = import is null ? [] : await Files(session, about.Id, import.Marker.At, cancel);
        var begun = import is { Begun: true } ? await FeedImports.Find(session, connector, state.ImportId!.Value, cancel) : null;
        var stored = begun is not null && CanGoOn(begun, files) ? begun : null;
        if (import is not null && stored is null && await HasLost(session, about.Id, import.Marker, files, cancel))
        {
            await FeedImports.GiveUp(session, about.Id, cancel);
            state = Happened(state, new BatchFailed(
                import.Begun ? state.ImportId : null, FeedCodes.SealedFilesGone,
                "Files that its marker sealed were removed, replaced or joined by others since: what it showed stays. Upload them again, and the marker after them.",
                Retryable: false));
            import = null;
        }
        else if (import is { Begun: false } || begun is not null && stored is null)
        {
            state = Happened(state, new BatchSealed(connector.Id, import!.Kind, Ids.New(), import.Marker.Version, import.Marker.At));
        }

        if (happened is not [])
        {
            await events.Append(
                session.Transaction, session.Tenant, [new(about.Id, BatchState.StreamType, former?.Version ?? 0, happened, state)], cancel);
        }

        if (import is null)
            return null;
        stored ??= await FeedImports.Begin(session, about.Import(state, import.Marker), connector.SourceId, about.Root, directory.Feed, FeedImports.HashOf(files), cancel);
        return new(state, stored, files);

        BatchState Happened(BatchState before, object @event)
        {
            happened.Add(@event);
            return BatchState.Apply(before, @event);
        }
    }

    /// <summary>Whether an import that was begun reads what the marker seals now: none of its files was exchanged, or all of them are read.</summary>
    private static bool CanGoOn(StoredImport import, IReadOnlyList<BatchFile> files) =>
        import.State == "staging" && (import.Progress.Complete || import.FilesHash == FeedImports.HashOf(files));

    /// <summary>
    /// Whether what the batch shows was read under the same marker from files that are no longer there as they were: to read
    /// what is left would take away what it showed.
    /// </summary>
    private static Task<bool> HasLost(
        PipelineSession session, Guid batch, BatchMarker marker, IReadOnlyList<BatchFile> files, CancellationToken cancel) =>
        session.First(
            new Statement(
                "select from feed_imports where tenant_id = $1 and batch_id = $2 and state = 'current' and marker = $3 and files_hash <> $4",
                session.Tenant, batch, marker.Version, FeedImports.HashOf(files)),
            _ => true, cancel);

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
            Statement.File<BatchSealing>("Ingest/BatchFiles.sql", session.Tenant, batch, sealedAt.UtcDateTime),
            row => new BatchFile(row.GetGuid(0), ordinal++, row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)), cancel);
    }

    /// <summary>What is decided about.</summary>
    private sealed record Sealing(Connector Connector, FeedDirectory Directory, string Root, Guid Id, BatchWork Work)
    {
        public FeedImport Import(BatchState batch, BatchMarker marker) => new(
            batch.ImportId!.Value, Id, Ids.Feed(Connector.SourceId, Root, Directory.Feed), Connector.Id, Connector.Namespace, batch.Kind!.Value,
            Directory.Partition, Directory.Snapshot, Directory.Date ?? DateOnly.FromDateTime(marker.At.UtcDateTime), marker.Version, marker.At,
            Connector.Settings.Feeds ?? new());
    }
}
