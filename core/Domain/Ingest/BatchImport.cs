using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>A file that cannot be read beyond a line.</summary>
public sealed class BatchFileException(BatchFile file, FileError error) : Exception(error.Message)
{
    /// <summary>The file.</summary>
    public BatchFile File { get; } = file;

    /// <summary>Where it ends, and why.</summary>
    public FileError Error { get; } = error;
}

/// <summary>
/// Reads the files of a sealed batch, in the order of their keys, into the tables of its kind. The place that a chunk ends at
/// commits with it, so that whoever goes on does so behind the last stored row. Nothing of it is shown yet.
/// </summary>
public sealed class BatchImport(
    Postgres postgres, WorkQueue queue, BatchFiles ledger, FeedTables tables, IOptions<IngestOptions> options)
{
    /// <summary>Reads what is left to be read, and makes the import ready to be shown.</summary>
    /// <exception cref="SourceException">A file cannot be read; it is the one that the stored progress names.</exception>
    /// <exception cref="BatchFileException">A file cannot be read beyond a line.</exception>
    public async Task<StoredImport> Read(WorkItem item, OpenConnector opened, SealedBatch batch, CancellationToken cancel)
    {
        var import = batch.Import;
        while (!import.Progress.Complete && import.Progress.File < batch.Files.Count)
            import = await ReadFile(item, opened, batch, import, batch.Files[import.Progress.File], cancel);
        return import.Progress.Complete ? import : await Complete(item, import, cancel);
    }

    private async Task<StoredImport> ReadFile(
        WorkItem item, OpenConnector opened, SealedBatch batch, StoredImport import, BatchFile file, CancellationToken cancel)
    {
        if (import.Import.Kind == FeedKind.CallRecordings && !RecordingName.IsRecording(file.Key))
            return await Skip(item, import, file, cancel);
        if (import.Progress.Line == 0)
            await Start(item, import, file, cancel);
        if (import.Import.Kind == FeedKind.CallRecordings)
            return await Store(item, import, file, [new FeedRow(1, [], null, [])], isLast: true, cancel);

        await using var source = await opened.Source.Get(opened.Source.Bucket, file.Key, file.Etag, maxBytes: null, cancel);
        var rows = new List<FormatItem>();
        var bytes = 0L;
        await foreach (var row in Parsed(batch.State, import.Import.Kind).Read(source.Body, cancel))
        {
            if (row is FileError error)
            {
                await Store(item, import, file, rows, isLast: false, cancel);
                throw new BatchFileException(file, error);
            }

            if (row.Line <= import.Progress.Line)
                continue;
            rows.Add(row);
            bytes += SizeOf(row);
            if (rows.Count < options.Value.FeedRows && bytes < options.Value.FeedBytes)
                continue;
            import = await Store(item, import, file, rows, isLast: false, cancel);
            rows.Clear();
            bytes = 0;
        }

        return await Store(item, import, file, rows, isLast: true, cancel);
    }

    private static FeedFile Parsed(BatchState batch, FeedKind kind) => new(
        new(batch.Path, batch.Feed, batch.Encoding, batch.Snapshot, batch.Date, Hour: null, Minute: null), FeedSchema.Of(kind));

    private async Task Start(WorkItem item, StoredImport import, BatchFile file, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await ledger.Start(session, file, cancel);
        await FeedImports.Advance(session, import, import.Progress, cancel);
        await Save(session, item, import, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Leaves alone what is no recording among recordings: it counts as no file that was read.</summary>
    private async Task<StoredImport> Skip(WorkItem item, StoredImport import, BatchFile file, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await ledger.Skipped(session, file, new(file.Etag, FeedCodes.NotARecording, BatchId: import.Import.BatchId), cancel);
        var progress = import.Progress with { File = import.Progress.File + 1 };
        await FeedImports.Advance(session, import, progress, cancel);
        import = import with { Progress = progress };
        await Save(session, item, import, cancel);
        await session.Commit(cancel);
        return import;
    }

    private async Task<StoredImport> Store(
        WorkItem item, StoredImport import, BatchFile file, List<FormatItem> rows, bool isLast, CancellationToken cancel)
    {
        if (rows is [] && !isLast)
            return import;
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var named = rows.ConvertAll(row => (Row: row, Name: FeedNames.Of(import.Import.Kind, file, row)));
        var erased = await ErasedIdentities.Among(session, import.Import.Namespace, named.Select(row => row.Name), cancel);
        var kept = named.Where(row => row.Name is null || !erased.Contains(row.Name)).Select(row => row.Row).ToList();
        var valid = kept.OfType<FeedRow>().ToList();
        var stored = valid is []
            ? new(0, 0, 0, [])
            : await tables[import.Import.Kind].Store(session, import.Import, file, valid, cancel);
        RejectedRow[] refused = [.. kept.OfType<RejectedRow>(), .. stored.Refused];
        await Rejections.Add(session, file.Id, refused, cancel);

        var counts = import.Progress.Rows + new FileCounts(
            rows.Count, stored.Accepted, Duplicate: stored.Duplicate, Superseded: stored.Superseded, Erased: rows.Count - kept.Count,
            Rejected: refused.Length);
        var progress = import.Progress.After(rows is [] ? import.Progress.Line : rows[^1].Line, counts);
        if (isLast)
        {
            await ledger.Ingested(session, file, counts, cancel);
            progress = progress.AfterFile();
        }

        await FeedImports.Advance(session, import, progress, cancel);
        import = import with { Progress = progress };
        await Save(session, item, import, cancel);
        await session.Commit(cancel);
        return import;
    }

    private async Task<StoredImport> Complete(WorkItem item, StoredImport import, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var rows = await tables[import.Import.Kind].Complete(session, import.Import, cancel);
        await ErasedIdentities.Drop(session, import.Import.Id, cancel);
        var progress = import.Progress with { Complete = true };
        await FeedImports.Advance(session, import, progress, cancel, rows);
        import = import with { Progress = progress, Rows = rows };
        await Save(session, item, import, cancel);
        await session.Commit(cancel);
        return import;
    }

    // Last in its transaction: until then the lease is extended beside it.
    private Task Save(PipelineSession session, WorkItem item, StoredImport import, CancellationToken cancel) =>
        queue.SaveProgress(session, item, DomainJson.Write(new BatchPlace(import.Import.Id, import.Progress)), cancel);

    /// <summary>About how many bytes a row keeps in memory while its chunk fills.</summary>
    private static long SizeOf(FormatItem item)
    {
        const int aField = 32;
        const int aFault = 256;
        switch (item)
        {
            case FeedRow row:
                var size = (row.Attributes?.Length ?? 0) + row.Values.Count * aField;
                for (var i = 0; i < row.Values.Count; i++)
                    size += (row.Values[i] as string)?.Length ?? 0;
                return size;
            case RejectedRow rejected:
                return rejected.Errors.Count * aFault;
            default:
                return 0;
        }
    }
}
