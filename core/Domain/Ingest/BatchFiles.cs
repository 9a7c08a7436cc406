using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Usage;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Records what becomes of the files of a batch. One that has a newer version by now is left alone: that one waits for a
/// newer marker. Every call is within the caller's transaction.
/// </summary>
public sealed class BatchFiles(EventStore.EventStore events)
{
    /// <summary>
    /// Begins to read a file: clears what an earlier reading refused, and charges the version to today's usage, once.
    /// </summary>
    public async Task Start(PipelineSession session, BatchFile file, CancellationToken cancel)
    {
        var state = await Locked(session, file, cancel);
        await session.Execute(
            new Statement("delete from file_rejections where tenant_id = $1 and file_id = $2", session.Tenant, file.Id), cancel);
        if (state is null or { Status: FileStatus.Processing })
            return;
        if (state.StartedEtag != file.Etag)
            await DailyUsage.Charge(session, file.Size, cancel);
        await Append(session, state, new FileStarted(file.Etag), cancel);
    }

    /// <summary>Ends a file whose last row is stored.</summary>
    public async Task Ingested(PipelineSession session, BatchFile file, FileCounts counts, CancellationToken cancel)
    {
        if (await Locked(session, file, cancel) is { } state)
            await Append(session, state, new FileIngested(file.Etag, counts), cancel);
    }

    /// <summary>Leaves a file alone, once.</summary>
    public async Task Skipped(PipelineSession session, BatchFile file, FileSkipped skipped, CancellationToken cancel)
    {
        if (await Locked(session, file, cancel) is { Status: not FileStatus.Skipped } state)
            await Append(session, state, skipped, cancel);
    }

    /// <summary>Ends a file that cannot be read further.</summary>
    public async Task Failed(PipelineSession session, Guid file, FileFailure failure, FileCounts counts, CancellationToken cancel)
    {
        var locked = await events.Lock(session.Transaction, session.Tenant, [file], cancel);
        if (FileState.Fold(file, locked.GetValueOrDefault(file)?.Events) is { Status: FileStatus.Processing } state)
            await Append(session, state, new FileFailed(state.Etag, failure.Code, failure.Detail, failure.Retryable, counts), cancel);
    }

    private async Task<FileState?> Locked(PipelineSession session, BatchFile file, CancellationToken cancel)
    {
        var locked = await events.Lock(session.Transaction, session.Tenant, [file.Id], cancel);
        return FileState.Fold(file.Id, locked.GetValueOrDefault(file.Id)?.Events) is { } state && state.Etag == file.Etag ? state : null;
    }

    private Task Append(PipelineSession session, FileState state, object @event, CancellationToken cancel) =>
        events.Append(
            session.Transaction, session.Tenant,
            [new StreamAppend(state.Id, FileState.StreamType, state.Version, [@event], FileState.Apply(state, @event))], cancel);
}
