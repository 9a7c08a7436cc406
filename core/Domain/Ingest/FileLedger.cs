using QualityIngest.Database;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Usage;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>Why a file cannot be read, or not to its end.</summary>
public sealed record FileFailure(string Code, string Detail, bool Retryable);

/// <summary>A version that is being read, and how far it is.</summary>
/// <param name="File">The file.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Unopened">Whether the day's quota was charged with it and is refunded unless it is opened.</param>
public sealed record Reading(FileState File, FileProgress Progress, bool Unopened);

/// <summary>Records the beginning and the end of a file version's reading, each with the work item that did it.</summary>
public sealed class FileLedger(Postgres postgres, WorkQueue queue, EventStore.EventStore events, DailyQuota quotas)
{
    private static readonly FileProgress Beginning = new(0, new());

    /// <summary>
    /// Begins to read a version: clears what an earlier reading refused and charges the version to today's usage, once,
    /// unless its admission has; or goes on with it, behind the last stored row. Null where the version is no longer the
    /// file's, or is not to be read.
    /// </summary>
    public async Task<Reading?> Start(WorkItem item, FileWork work, CancellationToken cancel)
    {
        var limited = await quotas.LimitedFormat(item.Tenant, work.SourceId, cancel) is not null;
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var state = await Locked(session, work, cancel);
        if (state is not { Status: FileStatus.Discovered or FileStatus.Deferred or FileStatus.Processing or FileStatus.Failed })
            return null;
        var opened = limited ? await DailyQuota.Opened(session, work.FileId, work.Etag, cancel) : true;

        // What was admitted and then refunded is gone from the bucket by now.
        if (opened is null)
            return null;
        if (state.Status == FileStatus.Processing)
            return new(state, item.Progress is null ? Beginning : DomainJson.Read<FileProgress>(item.Progress), opened == false);

        // Only a dead letter that was revived finds its file failed: that is a retry.
        if (state.Status == FileStatus.Failed)
            state = await Append(session, state, new FileRetried(work.Etag), cancel);
        await session.Execute(
            new Statement("delete from file_rejections where tenant_id = $1 and file_id = $2", item.Tenant, work.FileId), cancel);
        if (!limited && state.StartedEtag != work.Etag)
            await DailyUsage.Charge(session, state.Size, cancel);
        var started = await Append(session, state, new FileStarted(work.Etag), cancel);
        await queue.SaveProgress(session, item, DomainJson.Write(Beginning), cancel);
        await session.Commit(cancel);
        return new(started, Beginning, opened == false);
    }

    /// <summary>Records that a charged version's bytes are there. False: it was refunded meanwhile, and is not to be read.</summary>
    public async Task<bool> Open(WorkItem item, FileState file, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var charged = await DailyQuota.Open(session, file.Id, file.Etag, cancel);
        await session.Commit(cancel);
        return charged;
    }

    /// <summary>Ends a version that was read to its end.</summary>
    public async Task Ingested(WorkItem item, FileCounts counts, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await Record(session, work, new FileIngested(work.Etag, counts), cancel);
        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    /// <summary>Ends a version that cannot be read further. Its counts are those of the rows that are stored.</summary>
    /// <param name="item">The work that failed.</param>
    /// <param name="failure">Why.</param>
    /// <param name="bury">Whether the work becomes a dead letter: its attempts are used up.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task Fail(WorkItem item, FileFailure failure, bool bury, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        var format = await quotas.LimitedFormat(item.Tenant, work.SourceId, cancel);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await Refund(session, format, work, cancel);

        var progress = await session.Scalar<string>(
            new Statement("select progress::text from work_items where tenant_id = $1 and id = $2", item.Tenant, item.Id), cancel);
        var counts = progress is null ? new() : DomainJson.Read<FileProgress>(progress).Counts;
        await Record(session, work, new FileFailed(work.Etag, failure.Code, failure.Detail, failure.Retryable, counts), cancel);
        if (bury)
            await queue.Bury(session, item, failure.Code, failure.Detail, cancel);
        else
            await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    /// <summary>Ends work that has nothing to read any more.</summary>
    public async Task Drop(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        var format = await quotas.LimitedFormat(item.Tenant, work.SourceId, cancel);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await Refund(session, format, work, cancel);
        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    /// <summary>Refunds the version where it was never opened. The quota is locked first, so this comes before the stream's lock.</summary>
    private async Task Refund(PipelineSession session, string? format, FileWork work, CancellationToken cancel)
    {
        if (format is null || await DailyQuota.Opened(session, work.FileId, work.Etag, cancel) is not false)
            return;
        await quotas.Lock(session, format, cancel);
        await DailyQuota.Refund(session, format, [(work.FileId, work.Etag)], cancel);
    }

    private async Task Record(PipelineSession session, FileWork work, object @event, CancellationToken cancel)
    {
        if (await Locked(session, work, cancel) is { Status: FileStatus.Discovered or FileStatus.Deferred or FileStatus.Processing } state)
            await Append(session, state, @event, cancel);
    }

    /// <summary>The file, locked, if it still is at the version that the work names.</summary>
    private async Task<FileState?> Locked(PipelineSession session, FileWork work, CancellationToken cancel)
    {
        var locked = await events.Lock(session.Transaction, session.Tenant, [work.FileId], cancel);
        var state = FileState.Fold(work.FileId, locked.GetValueOrDefault(work.FileId)?.Events);
        return state?.Etag == work.Etag ? state : null;
    }

    private async Task<FileState> Append(PipelineSession session, FileState state, object @event, CancellationToken cancel)
    {
        var next = FileState.Apply(state, @event);
        await events.Append(
            session.Transaction, session.Tenant, [new StreamAppend(state.Id, FileState.StreamType, state.Version, [@event], next)], cancel);
        return next;
    }
}
