using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>What is started again.</summary>
public enum RetryTarget
{
    /// <summary>Files: read again from their first row.</summary>
    Files,

    /// <summary>Conversations: their material is fetched again.</summary>
    Conversations,

    /// <summary>Batches of feeds: imported again.</summary>
    Batches,
}

/// <summary>The payload of <see cref="WorkKinds.Retry"/>: every member that is set narrows what is started again.</summary>
/// <param name="Target">What is started again.</param>
/// <param name="ConnectorId">Those of one connector.</param>
/// <param name="Status">Those of one status.</param>
/// <param name="Code">Files: their error, or the code of any refused row; conversations: their error.</param>
public sealed record RetryWork(RetryTarget Target, Guid? ConnectorId, string? Status, string? Code)
{
    /// <summary>Batches: those of this day or a later one.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Batches: those of this day or an earlier one.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Starts files, conversations or batches again, by a filter, some hundreds a transaction.</summary>
public sealed class RetryStep(Postgres postgres, WorkQueue queue, EventStore.EventStore events) : IWorkStep
{
    private const int BatchRows = 500;

    /// <inheritdoc/>
    public string Kind => WorkKinds.Retry;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => 1;

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
        {
            var work = DomainJson.Read<RetryWork>(item.Payload);
            Guid? after = item.Progress is null ? Guid.Empty : DomainJson.Read<Guid>(item.Progress);
            while (after is not null)
                after = await RetryBatch(item, work, after.Value, cancel);
        }
    }

    /// <inheritdoc/>
    public async Task GiveUp(WorkItem item, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.Bury(session, item, "attempts_exhausted", "The retry did not reach its end within its attempts.", cancel);
        await session.Commit(cancel);
    }

    private async Task<Guid?> RetryBatch(WorkItem item, RetryWork work, Guid after, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var ids = await session.Query(Rested(item.Tenant, work, after), row => row.GetGuid(0), cancel);
        var locked = await events.Lock(session.Transaction, item.Tenant, ids, cancel);
        var (appends, items) = work.Target switch
        {
            RetryTarget.Files => Retries.Files(locked.Values),
            RetryTarget.Conversations => Retries.Conversations(locked.Values),
            _ => Retries.Batches(locked.Values),
        };
        await events.Append(session.Transaction, item.Tenant, appends, cancel);
        await queue.Enqueue(session, item.Tenant, items, cancel);

        if (ids.Count < BatchRows)
            await queue.Complete(session, [item], cancel);
        else
            await queue.SaveProgress(session, item, DomainJson.Write(ids[^1]), cancel);
        await session.Commit(cancel);
        return ids.Count < BatchRows ? null : ids[^1];
    }

    private static Statement Rested(string tenant, RetryWork work, Guid after) => work.Target switch
    {
        RetryTarget.Files => Statement.File<RetryStep>(
            "Ingest/FilesToRetry.sql", tenant, work.ConnectorId, work.Status, work.Code, after, BatchRows),
        RetryTarget.Conversations => Statement.File<RetryStep>(
            "Ingest/ConversationsToRetry.sql", tenant, work.ConnectorId, work.Status, work.Code, after, BatchRows),
        _ => Statement.File<RetryStep>("Ingest/BatchesToReimport.sql", tenant, work.ConnectorId, work.From, work.To, after, BatchRows),
    };
}

/// <summary>Decides what a retry does to files and conversations: those that rest start again, the others are left alone.</summary>
public static class Retries
{
    /// <summary>Files that were read or failed, and are still there, are read again.</summary>
    public static (IReadOnlyList<StreamAppend> Appends, IReadOnlyList<NewWorkItem> Work) Files(IEnumerable<LockedState> locked)
    {
        var rested = locked.Select(s => FileState.Fold(s.Stream, s.Events)!).Where(CanRestart).ToList();
        return (
            [.. rested.Select(s => Append(s.Id, FileState.StreamType, s.Version, new FileRetried(s.Etag), e => FileState.Apply(s, e)))],
            [.. rested.Select(s => PageDiff.FileItem(s.Id, s.Etag, s.ConnectorId, s.SourceId))]);
    }

    /// <summary>Conversations that failed or completed have their material fetched again.</summary>
    public static (IReadOnlyList<StreamAppend> Appends, IReadOnlyList<NewWorkItem> Work) Conversations(IEnumerable<LockedState> locked)
    {
        var rested = locked.Select(s => ConversationState.Fold(s.Stream, s.Events)!).Where(CanRestart).ToList();
        return (
            [.. rested.Select(s => Append(
                s.Id, ConversationState.StreamType, s.Version, new ConversationRetried(s.Revision), e => ConversationState.Apply(s, e)))],
            [.. rested.Select(Resolving.Item)]);
    }

    /// <summary>Batches that are sealed, and are not being imported, are imported again.</summary>
    public static (IReadOnlyList<StreamAppend> Appends, IReadOnlyList<NewWorkItem> Work) Batches(IEnumerable<LockedState> locked)
    {
        var rested = locked.Select(s => BatchState.Fold(s.Stream, s.Events)!).Where(CanRestart).ToList();
        return (
            [.. rested.Select(s => Append(s.Id, BatchState.StreamType, s.Version, new BatchReopened(Ids.New()), e => BatchState.Apply(s, e)))],
            [.. rested.Select(s => PageDiff.BatchItem(s.SourceId, s.ConnectorId, s.Path))]);
    }

    /// <summary>Whether a batch rests in a state that a retry can change.</summary>
    public static bool CanRestart(BatchState batch) =>
        batch is { Marker: not null, Status: not (BatchStatus.AwaitingMarker or BatchStatus.Importing) };

    /// <summary>Whether a file rests in a state that a retry can change. One of a batch is read again with its batch.</summary>
    public static bool CanRestart(FileState file) =>
        file is { Removed: false, BatchId: null } && file.Status is (FileStatus.Failed or FileStatus.Ingested or FileStatus.PartiallyIngested);

    /// <summary>Whether a conversation rests in a state that a retry can change.</summary>
    public static bool CanRestart(ConversationState conversation) =>
        conversation.Status is ConversationStatus.Failed or ConversationStatus.Completed;

    private static StreamAppend Append(Guid id, string type, long version, object @event, Func<object, object> apply) =>
        new(id, type, version, [@event], apply(@event));
}
