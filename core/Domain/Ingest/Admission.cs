using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Lets the files of limited formats be read, each tenant's oldest first: whichever file a worker has claimed, the oldest
/// one that waits is charged to the day and read in its place. The first that the day does not hold ends the day.
/// <para>
/// One tenant's admissions happen one after the other, under the lock of its quota, and each charges the oldest file that is
/// not charged yet. So no file is charged while an older one waits that is not, however many nodes claim at once. What
/// another worker has claimed already is charged on its behalf; that worker finds it so.
/// </para>
/// </summary>
public sealed class Admission(
    Postgres postgres, WorkQueue queue, EventStore.EventStore events, DailyQuota quotas, IOptions<SourceOptions> sources)
{
    /// <summary>More than the workers of a few nodes can have claimed at a time.</summary>
    private const int Looked = 16;

    /// <summary>
    /// The work that is to be done in place of a claimed one: itself, or that of an older file; null where the file was
    /// deferred, or can never be read.
    /// </summary>
    /// <exception cref="LeaseLostException">The work is another worker's by now.</exception>
    public async Task<WorkItem?> Admit(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<FileWork>(item.Payload);
        if (await quotas.LimitedFormat(item.Tenant, work.SourceId, cancel) is not { } format)
            return item;

        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var quota = await quotas.Lock(session, format, cancel);
        if (await Uncharged(session, work, cancel) is not { } size)
            return item;
        if (TooLarge(size, quota) is { } failure)
            return await Refuse(session, item, work, failure, cancel);

        var largest = Math.Min(quota.BytesADay, sources.Value.MaxObjectBytes);
        while (true)
        {
            foreach (var oldest in await Waiting(session, format, largest, work.FileId, cancel))
            {
                if (!await DailyQuota.Reserve(session, quota, oldest.Id, oldest.Etag, oldest.Size, cancel))
                    return await Defer(session, item, work, quota, cancel);
                var admitted = oldest.Id == work.FileId ? item : await Instead(session, item, oldest, cancel);
                if (admitted is null)
                    continue;
                await session.Commit(cancel);
                return admitted;
            }
        }
    }

    /// <summary>The size of the version, where it waits to be charged; null: whatever it is, it is no matter of the quota.</summary>
    private static Task<long?> Uncharged(PipelineSession session, FileWork work, CancellationToken cancel) =>
        session.Scalar<long?>(
            new Statement(
                """
                select size from files f
                where tenant_id = $1 and id = $2 and etag = $3 and status in ('discovered', 'deferred', 'processing', 'failed') and not removed
                  and not exists (select from quota_charges c where c.tenant_id = $1 and c.file_id = $2 and c.etag = $3)
                  and exists (select from connectors c where c.tenant_id = $1 and c.source_id = f.source_id and c.deleted_at is null)
                """,
                session.Tenant, work.FileId, work.Etag),
            cancel);

    private FileFailure? TooLarge(long size, LockedQuota quota)
    {
        if (size > sources.Value.MaxObjectBytes)
        {
            var failure = S3Failures.FileTooLarge(size, sources.Value.MaxObjectBytes);
            return new(failure.Code, failure.Message, failure.Retryable);
        }

        return size > quota.BytesADay
            ? new("file_exceeds_quota", $"The file has {size:N0} bytes, and {quota.BytesADay:N0} may be ingested a day.", false)
            : null;
    }

    private static Task<List<WaitingFile>> Waiting(
        PipelineSession session, string format, long largest, Guid asking, CancellationToken cancel) =>
        session.Query(
            Statement.File<Admission>("Ingest/OldestWaiting.sql", session.Tenant, format, largest, asking, Looked),
            row => new WaitingFile(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3), row.GetGuid(4), row.GetBoolean(5)),
            cancel);

    /// <summary>The work of another file, claimed in place of this one; null where another worker has it.</summary>
    private async Task<WorkItem?> Instead(PipelineSession session, WorkItem item, WaitingFile file, CancellationToken cancel)
    {
        var work = PageDiff.FileItem(file.Id, file.Etag, file.ConnectorId, file.SourceId);
        if (!file.HasWork)
            await queue.Enqueue(session, session.Tenant, [work], cancel);
        return await queue.Exchange(session, item, work.Key, cancel);
    }

    private async Task<WorkItem?> Defer(PipelineSession session, WorkItem item, FileWork work, LockedQuota quota, CancellationToken cancel)
    {
        await DailyQuota.End(session, quota, cancel);
        await Rest(session, item, work, state => state.Status == FileStatus.Deferred ? null : new FileDeferred(work.Etag, quota.Midnight), cancel);
        return null;
    }

    private async Task<WorkItem?> Refuse(PipelineSession session, WorkItem item, FileWork work, FileFailure failure, CancellationToken cancel)
    {
        await Rest(session, item, work, _ => new FileFailed(work.Etag, failure.Code, failure.Detail, failure.Retryable, new()), cancel);
        return null;
    }

    /// <summary>Ends the work without having read the file.</summary>
    private async Task Rest(
        PipelineSession session, WorkItem item, FileWork work, Func<FileState, object?> decide, CancellationToken cancel)
    {
        var locked = await events.Lock(session.Transaction, session.Tenant, [work.FileId], cancel);
        var state = FileState.Fold(work.FileId, locked[work.FileId].Events)!;
        if (state.Etag == work.Etag && decide(state) is { } @event)
        {
            await events.Append(
                session.Transaction, session.Tenant,
                [new StreamAppend(state.Id, FileState.StreamType, state.Version, [@event], FileState.Apply(state, @event))], cancel);
        }

        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    private sealed record WaitingFile(Guid Id, string Etag, long Size, Guid ConnectorId, Guid SourceId, bool HasWork);
}
