using QualityIngest.Database;
using QualityIngest.Domain.Files;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>Why a file cannot be read, or not to its end.</summary>
public sealed record FileFailure(string Code, string Detail, bool Retryable);

/// <summary>A version that is being read, and how far it is.</summary>
public sealed record Reading(FileState File, FileProgress Progress);

/// <summary>Records the beginning and the end of a file version's reading, each with the work item that did it.</summary>
public sealed class FileLedger(Postgres postgres, WorkQueue queue, EventStore.EventStore events)
{
    private static readonly FileProgress Beginning = new(0, new());

    /// <summary>
    /// Begins to read a version: clears what an earlier reading refused and charges the version to today's usage, once;
    /// or goes on with it, behind the last stored row. Null where the version is no longer the file's, or is not to be read.
    /// </summary>
    public async Task<Reading?> Start(WorkItem item, FileWork work, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var state = await Locked(session, work, cancel);
        if (state is not { Status: FileStatus.Discovered or FileStatus.Processing or FileStatus.Failed })
            return null;
        if (state.Status == FileStatus.Processing)
            return new(state, item.Progress is null ? Beginning : DomainJson.Read<FileProgress>(item.Progress));

        // Only a dead letter that was revived finds its file failed: that is a retry.
        if (state.Status == FileStatus.Failed)
            state = await Append(session, state, new FileRetried(work.Etag), cancel);
        await session.Execute(
            new Statement("delete from file_rejections where tenant_id = $1 and file_id = $2", item.Tenant, work.FileId), cancel);
        if (state.StartedEtag != work.Etag)
            await Charge(session, state.Size, cancel);
        var started = await Append(session, state, new FileStarted(work.Etag), cancel);
        await queue.SaveProgress(session, item, DomainJson.Write(Beginning), cancel);
        await session.Commit(cancel);
        return new(started, Beginning);
    }

    /// <summary>Ends a version that was read to its end.</summary>
    public Task Ingested(WorkItem item, FileCounts counts, CancellationToken cancel) =>
        End(item, work => new FileIngested(work.Etag, counts), session => queue.Complete(session, [item], cancel), cancel);

    /// <summary>Ends a version that cannot be read further. Its counts are those of the rows that are stored.</summary>
    /// <param name="item">The work that failed.</param>
    /// <param name="failure">Why.</param>
    /// <param name="bury">Whether the work becomes a dead letter: its attempts are used up.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task Fail(WorkItem item, FileFailure failure, bool bury, CancellationToken cancel)
    {
        FileCounts counts;
        await using (var session = await postgres.Pipeline(item.Tenant, cancel))
        {
            var progress = await session.Scalar<string>(
                new Statement("select progress::text from work_items where id = $1", item.Id), cancel);
            counts = progress is null ? new() : DomainJson.Read<FileProgress>(progress).Counts;
        }

        await End(
            item,
            work => new FileFailed(work.Etag, failure.Code, failure.Detail, failure.Retryable, counts),
            session => bury
                ? queue.Bury(session, item, failure.Code, failure.Detail, cancel)
                : queue.Complete(session, [item], cancel),
            cancel);
    }

    private async Task End(WorkItem item, Func<FileWork, object> @event, Func<PipelineSession, Task> record, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        if (await Locked(session, work, cancel) is { Status: FileStatus.Discovered or FileStatus.Processing } state)
            await Append(session, state, @event(work), cancel);
        await record(session);
        await session.Commit(cancel);
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

    private static Task<int> Charge(PipelineSession session, long bytes, CancellationToken cancel) =>
        session.Execute(
            new Statement(
                """
                insert into usage_days (tenant_id, day, files, bytes)
                values ($1, (clock_timestamp() at time zone 'utc')::date, 1, $2)
                on conflict (tenant_id, day) do update set files = usage_days.files + 1, bytes = usage_days.bytes + excluded.bytes
                """,
                session.Tenant, bytes),
            cancel);
}
