using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Fetch and parse: streams one file version into rows and hands them on in batches.
/// The place that a batch ends at commits with it, so that a killed worker's successor goes on behind the last stored row.
/// </summary>
public sealed class FileStep(
    Postgres postgres, WorkQueue queue, ConnectorAccess access, ConnectorHealth health, Admission admission, FileLedger ledger,
    RowBatches batches, FileFormats formats, IOptions<IngestOptions> options) : IWorkStep
{
    private const long BytesAFault = 256;

    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    public string Kind => WorkKinds.File;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => _options.Files;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkItem>> Choose(IReadOnlyList<WorkItem> claimed, CancellationToken cancel)
    {
        var admitted = new List<WorkItem>(claimed.Count);
        foreach (var item in claimed)
        {
            try
            {
                if (await admission.Admit(item, cancel) is { } chosen)
                    admitted.Add(chosen);
            }
            catch (LeaseLostException)
            {
                // It is another worker's to admit.
            }
        }

        return admitted;
    }

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
            await Ingest(item, cancel);
    }

    /// <inheritdoc/>
    public Task GiveUp(WorkItem item, CancellationToken cancel) =>
        Bury(item, new(FailureClass.Item, "attempts_exhausted", "The file could not be read to its end within its attempts.",
            "Look at the node's log for what ended the attempts, then retry the file.", true), cancel);

    private async Task Ingest(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        OpenConnector? opened = null;
        try
        {
            opened = await access.Open(item.Tenant, work.ConnectorId, work.SourceId, cancel);
            var reading = opened is null ? null : await ledger.Start(item, work, cancel);
            if (opened is null || reading is null)
                await ledger.Drop(item, cancel);
            else
                await Read(item, opened, reading, cancel);
        }
        catch (SourceException refused)
        {
            await Refused(item, opened?.Connector.Id ?? work.ConnectorId, refused.Failure, cancel);
        }
    }

    /// <summary>
    /// Reads from behind the last stored row to the end of the file, or to where it cannot be read beyond. Stops where a scan
    /// has found a newer version.
    /// </summary>
    private async Task Read(WorkItem item, OpenConnector opened, Reading reading, CancellationToken cancel)
    {
        var file = reading.File;
        FileProgress? progress = reading.Progress;
        var path = opened.Connector.Settings.Source.Paths.Holding(file.Key);
        await using var source = await opened.Source.Get(path.Path.Bucket, file.Key, file.Etag, maxBytes: null, cancel);
        if (reading.Unopened && !await ledger.Open(item, file, cancel))
        {
            await ledger.Drop(item, cancel);
            return;
        }

        var rows = new List<FormatItem>(_options.BatchRows);
        var bytes = 0L;
        var format = formats[opened.Connector.Format];
        await foreach (var row in format.Read(source.Body, new(file.Key, path.Channel), cancel))
        {
            if (row is FileError error)
            {
                await batches.Store(item, opened.Connector, file, rows, progress, cancel);
                await ledger.Fail(item, new(error.Code, Located(error, format), false), bury: false, cancel);
                return;
            }

            if (row.Line <= progress.Line)
                continue;
            rows.Add(row);
            bytes += SizeOf(row);
            if (rows.Count < _options.BatchRows && bytes < _options.BatchBytes)
                continue;
            progress = await batches.Store(item, opened.Connector, file, rows, progress, cancel);
            if (progress is null)
                break;
            rows.Clear();
            bytes = 0;
        }

        if (progress is not null)
            progress = await batches.Store(item, opened.Connector, file, rows, progress, cancel);
        if (progress is null)
            await ledger.Drop(item, cancel);
        else
            await ledger.Ingested(item, progress.Counts, cancel);
    }

    /// <summary>What ends a file, with where it stands, as far as the sentence does not tell that itself.</summary>
    private static string Located(FileError error, IFileFormat format) =>
        format.CountsLines ? $"Line {error.Line}: {error.Message}"
        : error.Place is { } place ? $"At {place}: {error.Message}"
        : error.Message;

    /// <summary>About how many bytes a row keeps in memory while its batch fills.</summary>
    private static long SizeOf(FormatItem row) => row switch
    {
        ValidRow valid => valid.Conversation.SourceBytes,
        RejectedRow rejected => rejected.Errors.Count * BytesAFault,
        _ => 0,
    };

    private async Task Refused(WorkItem item, Guid connector, SourceFailure failure, CancellationToken cancel)
    {
        if (failure.Class == FailureClass.Connector)
            await health.Suspend(item.Tenant, connector, failure, [item], cancel);
        else if (failure.Class == FailureClass.Item)
            await ledger.Fail(item, new(failure.Code, failure.Message, failure.Retryable), bury: false, cancel);
        else if (!await TryAgain(item, failure, cancel))
            await Bury(item, failure, cancel);
    }

    /// <summary>Lets the item wait for another attempt. False: it had them all.</summary>
    private async Task<bool> TryAgain(WorkItem item, SourceFailure failure, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        if (await Attempts.SinceProgress(session, item, cancel) >= queue.Options.MaxAttempts)
            return false;
        await queue.Retry(session, item, failure.Code, failure.Message, cancel);
        await session.Commit(cancel);
        return true;
    }

    private Task Bury(WorkItem item, SourceFailure failure, CancellationToken cancel) =>
        ledger.Fail(item, new(failure.Code, failure.Message, Retryable: true), bury: true, cancel);
}
