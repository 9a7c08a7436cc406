using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Feeds;

/// <summary>A tenant's batches: what became of every directory of its feeds.</summary>
public sealed class BatchDirectory(Postgres postgres, WorkQueue queue, EventStore.EventStore events)
{
    /// <summary>The batches, latest discovered first.</summary>
    public async Task<Page<Batch, Guid>> List(Caller caller, BatchFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Batch.Columns} from batches
                where ($1::uuid is null or connector_id = $1)
                  and ($2::text is null or status = $2)
                  and ($3::text is null or feed = $3)
                  and ($4::text is null or kind = $4)
                  and ($5::date is null or date >= $5)
                  and ($6::date is null or date <= $6)
                  and ($7::timestamptz is null or (discovered_at, id) < ($7, $8::uuid))
                order by discovered_at desc, id desc limit $9
                """,
                filter.ConnectorId, filter.Status is { } status ? DomainJson.Word(status) : null, filter.Feed,
                filter.Kind is { } kind ? DomainJson.Word(kind) : null, filter.From, filter.To,
                page.After?.At, page.After?.Id, page.Limit + 1),
            Batch.Read, cancel);
        return Page.Of(rows, page, b => new Position<Guid>(b.DiscoveredAt, b.Id));
    }

    /// <summary>One batch.</summary>
    public async Task<Outcome<Batch>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Find(session, id, cancel) is { } batch ? batch : new Failure.NotFound();
    }

    /// <summary>Lets a snapshot be shown although it shrinks its feed by more than half.</summary>
    public Task<Outcome<Batch>> Confirm(Caller caller, Guid id, CancellationToken cancel) =>
        Change(
            caller, id, "batch.confirmed",
            batch => batch.Status == BatchStatus.AwaitingConfirmation
                ? new BatchConfirmed(batch.ImportId!.Value)
                : new Failure.Conflict("not_awaiting_confirmation", "Only a snapshot that waits for it can be confirmed."),
            cancel);

    /// <summary>Has a sealed batch imported again.</summary>
    public Task<Outcome<Batch>> Retry(Caller caller, Guid id, CancellationToken cancel) =>
        Change(
            caller, id, "batch.retried",
            batch => Retries.CanRestart(batch)
                ? new BatchReopened(Ids.New())
                : new Failure.Conflict("not_retryable", "Only a batch that is sealed, and is not being imported, can be imported again."),
            cancel);

    private async Task<Outcome<Batch>> Change(
        Caller caller, Guid id, string action, Func<BatchState, Outcome<object>> decide, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel) is null)
            return new Failure.NotFound();
        var locked = await events.Lock(session.Transaction, caller.Tenant, [id], cancel);
        var state = BatchState.Fold(id, locked[id].Events)!;
        var decided = decide(state);
        if (decided.Failure is { } failure)
            return failure;
        await events.Append(
            session.Transaction, caller.Tenant,
            [new StreamAppend(id, BatchState.StreamType, state.Version, [decided.Value], BatchState.Apply(state, decided.Value))], cancel);
        await queue.Enqueue(session, caller.Tenant, [PageDiff.BatchItem(state.SourceId, state.ConnectorId, state.Path)], cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, action, id.ToString()), cancel);
        var batch = (await Find(session, id, cancel))!;
        await session.Commit(cancel);
        return batch;
    }

    private static Task<Batch?> Find(Session session, Guid id, CancellationToken cancel) =>
        session.First(new Statement($"select {Batch.Columns} from batches where id = $1", id), Batch.Read, cancel);
}
