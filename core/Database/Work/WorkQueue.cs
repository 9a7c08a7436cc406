using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>
/// The work of all nodes. It lives on the database's clock alone, so a node's own clock changes nothing. Finished items are
/// deleted. Whoever waits for work polls.
/// <para>
/// <b>The same key again.</b> An item that waits for the same payload is left as it is. Any other living item remembers the
/// request and serves it with its next claim, from the start: a waiting item takes the new payload (its attempts begin anew
/// when the payload differs), a running one finishes first and then waits again. A dead item is revived.
/// </para>
/// <para>
/// <b>Attempts</b> count at the claim, since the last saved progress. <see cref="Claim"/> returns an item all the same when
/// they exceed <see cref="WorkOptions.MaxAttempts"/>: its worker does no work then, but records the exhaustion and calls
/// <see cref="Bury"/>. So what kills its process ends as a dead letter too.
/// </para>
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "A work queue is what the field calls it.")]
[SuppressMessage("Performance", "CA1822", Justification = "One object to ask, whichever of its options a call happens to need.")]
public sealed class WorkQueue(Postgres postgres, WorkOptions options)
{
    private const int ReapAtMost = 1000;

    /// <summary>The options, for workers that ask whether an item's attempts are used up.</summary>
    public WorkOptions Options => options;

    /// <summary>Asks for work, in the caller's transaction.</summary>
    public async Task Enqueue(Session session, string tenant, IReadOnlyList<NewWorkItem> items, CancellationToken cancel)
    {
        if (items.Count == 0)
            return;
        await session.Execute(
            Sql("Enqueue.sql", tenant,
                items.Select(i => i.Kind).ToArray(), items.Select(i => i.Key).ToArray(), items.Select(i => i.Lane).ToArray(),
                items.Select(i => i.Payload).ToArray(), items.Select(i => i.Delay).ToArray()),
            cancel);
    }

    /// <summary>
    /// Claims due items of a kind for the length of a lease, in a transaction of its own. Open lanes, and tenants for work
    /// without a lane, get equal shares. Items whose lease ran out are claimed like any other.
    /// </summary>
    /// <param name="max">The most items to return, at least one.</param>
    public async Task<IReadOnlyList<WorkItem>> Claim(string kind, int max, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        await using var session = await postgres.System(cancel);
        await session.Execute(Sql("Reap.sql", kind, ReapAtMost), cancel);

        var claimed = new List<WorkItem>();
        while (claimed.Count < max)
        {
            // What a slot with little work leaves of its share goes to the others in the next round.
            var round = await session.Query(Sql("Claim.sql", kind, max - claimed.Count, options.Lease), Read, cancel);
            if (round.Count == 0)
                break;
            claimed.AddRange(round);
        }
        await session.Commit(cancel);
        return claimed;
    }

    /// <summary>
    /// Gives an item back, in its old place and with its attempt, and claims another one of the same tenant and kind for it.
    /// Null where the other one is not there to be claimed: then nothing is changed.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="item">A claimed item.</param>
    /// <param name="key">The key of the other one.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<WorkItem?> Exchange(Session session, WorkItem item, string key, CancellationToken cancel) =>
        session.First(Sql("Exchange.sql", item.Id, item.Fence, key, options.Lease), Read, cancel);

    /// <summary>Records in the caller's transaction that items are done.</summary>
    /// <exception cref="LeaseLostException">One of them is no longer held under its fence; the transaction must be rolled back.</exception>
    public async Task Complete(Session session, IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        if (items.Count > 0)
            Demand(items.Count, await session.Scalar<long>(Sql("Complete.sql", Ids(items), Fences(items)), cancel));
    }

    /// <summary>Records in the caller's transaction how far an item has come, and extends its lease.</summary>
    /// <param name="progress">JSON that the next attempt is given.</param>
    /// <exception cref="LeaseLostException">It is no longer held; the transaction must be rolled back.</exception>
    public async Task SaveProgress(Session session, WorkItem item, string progress, CancellationToken cancel) =>
        Demand(1, await session.Execute(Sql("SaveProgress.sql", item.Id, item.Fence, progress, options.Lease), cancel));

    /// <summary>Extends leases, in a transaction of its own, and returns the items that are still held.</summary>
    public async Task<IReadOnlyList<WorkItem>> Extend(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        if (items.Count == 0)
            return items;
        await using var session = await postgres.System(cancel);
        var held = await session.Query(Sql("Extend.sql", Ids(items), Fences(items), options.Lease), row => (row.GetInt64(0), row.GetInt64(1)), cancel);
        await session.Commit(cancel);
        return items.Where(item => held.Contains((item.Id, item.Fence))).ToArray();
    }

    /// <summary>Lets an item wait for another attempt, the longer the more it had.</summary>
    /// <exception cref="LeaseLostException">It is no longer held; the transaction must be rolled back.</exception>
    public async Task Retry(Session session, WorkItem item, string code, string detail, CancellationToken cancel)
    {
        var wait = options.Backoff(item.Attempts, Random.Shared.NextDouble());
        Demand(1, await session.Execute(Sql("Retry.sql", item.Id, item.Fence, wait, code, detail), cancel));
    }

    /// <summary>Gives an item up: it is kept as a dead letter until somebody replays it or asks for its key again.</summary>
    /// <exception cref="LeaseLostException">It is no longer held; the transaction must be rolled back.</exception>
    public async Task Bury(Session session, WorkItem item, string code, string detail, CancellationToken cancel) =>
        Demand(1, await session.Execute(Sql("Bury.sql", item.Id, item.Fence, code, detail), cancel));

    /// <summary>Gives items back together with their attempt: what stopped them was not theirs.</summary>
    /// <param name="delay">How long they wait; null: they are due at once.</param>
    /// <exception cref="LeaseLostException">One of them is no longer held; the transaction must be rolled back.</exception>
    public async Task Return(Session session, IReadOnlyList<WorkItem> items, TimeSpan? delay, CancellationToken cancel)
    {
        if (items.Count > 0)
            Demand(items.Count, await session.Scalar<long>(Sql("Return.sql", Ids(items), Fences(items), delay ?? TimeSpan.Zero), cancel));
    }

    /// <summary>The dead letters in the order of their ids.</summary>
    /// <param name="tenant">Of this tenant only; null: of all that the session sees.</param>
    /// <param name="kind">Of this kind only; null: of all.</param>
    /// <param name="after">The last id of the page before; zero for the first page.</param>
    public Task<List<DeadItem>> Dead(Session session, string? tenant, string? kind, long after, int limit, CancellationToken cancel) =>
        session.Query(
            Sql("Dead.sql", tenant, kind, after, limit),
            row => new DeadItem(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetString(5),
                row.GetInt32(6), row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8),
                row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10)),
            cancel);

    /// <summary>
    /// Drops items that wait or are dead, in the caller's transaction, and what is noted of the failures of those that run:
    /// these end by themselves.
    /// </summary>
    public Task Discard(Session session, string tenant, IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> keys, CancellationToken cancel) =>
        session.ExecuteAll([Sql("Discard.sql", tenant, kinds.ToArray(), keys.ToArray()), Sql("DiscardNotes.sql", tenant, kinds.ToArray(), keys.ToArray())], cancel);

    /// <summary>Lets dead letters live again where they stopped, with all their attempts, and returns how many there were.</summary>
    public Task<int> Replay(Session session, IReadOnlyCollection<long> ids, CancellationToken cancel) =>
        session.Execute(Sql("Replay.sql", ids.ToArray()), cancel);

    /// <summary>Stops claims of a lane's items once the caller's transaction commits. What runs goes on.</summary>
    public Task CloseLane(Session session, string tenant, Guid lane, CancellationToken cancel) =>
        session.Execute(Sql("SetLane.sql", lane, tenant, true), cancel);

    /// <summary>Lets a closed lane's items be claimed again.</summary>
    public Task OpenLane(Session session, string tenant, Guid lane, CancellationToken cancel) =>
        session.Execute(Sql("SetLane.sql", lane, tenant, false), cancel);

    /// <summary>How much work there is, by kind. It counts every item, so it is asked by the minute rather than by the request.</summary>
    public async Task<IReadOnlyList<WorkBacklog>> Backlog(CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await session.Query(
            Sql("Backlog.sql"),
            row => new WorkBacklog(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetDouble(6)),
            cancel);
    }

    private static void Demand(int expected, long held)
    {
        if (held != expected)
            throw new LeaseLostException();
    }

    private static long[] Ids(IReadOnlyList<WorkItem> items) => items.Select(item => item.Id).ToArray();

    private static long[] Fences(IReadOnlyList<WorkItem> items) => items.Select(item => item.Fence).ToArray();

    private static Statement Sql(string file, params object?[] values) => Statement.File<WorkQueue>("Work/" + file, values);

    private static WorkItem Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetGuid(4),
        row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetInt32(7), row.GetInt64(8));
}
