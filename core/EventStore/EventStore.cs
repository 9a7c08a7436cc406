using System.Runtime.CompilerServices;
using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>
/// Streams of events on PostgreSQL. Every call works inside the caller's transaction (read committed) and for one tenant;
/// nothing is visible before the caller commits. One store serves any number of transactions at once.
/// </summary>
/// <param name="registry">The events that may be stored.</param>
/// <param name="projections">What is written along with every append, in this order.</param>
/// <param name="listeners">Who is told of every append behind that, in this order; null: nobody.</param>
public sealed class EventStore(
    EventRegistry registry, IEnumerable<IInlineProjection> projections, IEnumerable<IAppendListener>? listeners = null)
{
    /// <summary>Up to so many events one insert is quicker, by a round trip; beyond, COPY is no slower and holds one event at a time.</summary>
    private const int InsertUpTo = 50;

    /// <summary>
    /// How long a transaction waits for streams that another holds; behind that PostgreSQL ends it with
    /// <c>lock_not_available</c>, so that the waiting is told from a statement that is slow. Default 20 s; it is to be shorter
    /// than the time that a command may take, and holds for every lock that the transaction asks for after it.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    private readonly EventRows _rows = new(registry);
    private readonly IInlineProjection[] _projections = [.. projections];
    private readonly IAppendListener[] _listeners = [.. listeners ?? []];

    /// <summary>
    /// Locks streams until the transaction ends and reads them as they then are. Streams that do not exist are absent.
    /// Locks are taken in id order: transactions that lock all they append to in one call, before their first append,
    /// wait for each other but never in a circle.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, LockedState>> Lock(
        NpgsqlTransaction tx, string tenant, IReadOnlyCollection<Guid> streams, CancellationToken cancel)
    {
        var locked = new Dictionary<Guid, LockedState>(streams.Count);
        if (streams.Count == 0)
            return locked;

        Guid[] ids = [.. streams];
        await using var batch = new NpgsqlBatch(tx.Connection, tx)
        {
            // Two statements: the second one's snapshot is taken once all locks are held.
            BatchCommands = { StreamRows.Wait(Patience), StreamRows.Lock(tenant, ids), EventRows.Select(tenant, ids) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var events = new Dictionary<Guid, List<object>>(streams.Count);
        while (await reader.ReadAsync(cancel))
        {
            var stream = reader.GetGuid(0);
            var past = events[stream] = [];
            locked.Add(stream, new LockedState(stream, reader.GetInt64(1), past));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            // A stream that began after the locks were taken is not locked, hence not part of the answer.
            if (events.TryGetValue(reader.GetGuid(2), out var past))
                past.Add(_rows.Read(reader).Data);
        }

        return locked;
    }

    /// <summary>
    /// Appends events and writes the inline projections. Several appends of one stream must chain: each expects the version
    /// that the one before it leaves. Memory grows with the batch by a few hundred bytes an event; batches of hundreds are meant.
    /// </summary>
    /// <exception cref="ConcurrencyException">
    /// A stream is not at its expected version. The transaction can then only be rolled back, at most to a savepoint.
    /// </exception>
    /// <exception cref="UnknownEventException">An event is not registered; nothing was written.</exception>
    public async Task Append(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel)
    {
        if (appends.Count == 0)
            return;

        try
        {
            var plan = AppendPlan.Of(appends, registry);
            var copyRefused = await StreamMoves.Make(tx, tenant, plan, Patience, cancel);
            if (copyRefused || plan.Events.Length <= InsertUpTo)
                await _rows.Insert(tx, tenant, plan.Events, cancel);
            else
                await _rows.Copy(tx, tenant, plan.Events, cancel);
        }
        catch (ConcurrencyException conflict)
        {
            await StreamMoves.Doom(tx, conflict, cancel);
            throw;
        }

        foreach (var projection in _projections)
        {
            var own = appends.Where(a => a.StreamType == projection.StreamType).ToArray();
            if (own.Length > 0)
                await projection.Project(tx, tenant, own, cancel);
        }

        foreach (var listener in _listeners)
            await listener.Appended(tx, tenant, appends, cancel);
    }

    /// <summary>All events of a stream in order; none when it does not exist.</summary>
    public async Task<IReadOnlyList<StoredEvent>> FetchStream(NpgsqlTransaction tx, string tenant, Guid stream, CancellationToken cancel) =>
        await Fetch(tx, EventRows.Select(tenant, [stream]), cancel);

    /// <summary>The events of these numbers, in their order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> FetchEvents(
        NpgsqlTransaction tx, string tenant, IReadOnlyCollection<long> sequences, CancellationToken cancel) =>
        sequences.Count == 0 ? [] : await Fetch(tx, EventRows.Numbered(tenant, [.. sequences]), cancel);

    /// <summary>
    /// Writes what is personal in a stream's events over, where they stand: their ids, names, versions and places stay. The
    /// stream is locked by the caller, who may write events; readers before the commit see them as they were.
    /// </summary>
    /// <param name="mask">What an event becomes, of the same type; the very same object where nothing is to be masked.</param>
    public async Task Mask(NpgsqlTransaction tx, string tenant, Guid stream, Func<object, object> mask, CancellationToken cancel)
    {
        var masked = (await FetchStream(tx, tenant, stream, cancel))
            .Select(stored => (Before: stored.Data, Event: new PlannedEvent(stream, stored.Version, stored.Type, mask(stored.Data))))
            .Where(change => !ReferenceEquals(change.Before, change.Event.Data))
            .Select(change => change.Event)
            .ToArray();
        if (masked.Any(planned => registry.NameOf(planned.Data) != planned.Type))
            throw new ArgumentException("A masked event is of another type than it was.", nameof(mask));
        if (masked.Length > 0)
            await _rows.Overwrite(tx, tenant, masked, cancel);
    }

    /// <summary>Folds a stream's events in order; <c>default</c> when it does not exist.</summary>
    public async Task<T?> AggregateStream<T>(
        NpgsqlTransaction tx, string tenant, Guid stream, Func<T?, object, T> apply, CancellationToken cancel)
    {
        var state = default(T);
        foreach (var stored in await FetchStream(tx, tenant, stream, cancel))
            state = apply(state, stored.Data);
        return state;
    }

    /// <summary>
    /// Locks the next streams of a type behind an id, a page of them in id order, and reads them whole. Empty: there are no more.
    /// Memory holds the page: some hundreds of streams, or fewer of many events.
    /// </summary>
    public async Task<IReadOnlyList<StreamHistory>> LockNext(
        NpgsqlTransaction tx, string tenant, string streamType, Guid after, CancellationToken cancel)
    {
        if (await StreamMoves.NextPage(tx, tenant, streamType, after, cancel) is not { Length: > 0 } page)
            return [];
        await using (var locks = new NpgsqlBatch(tx.Connection, tx) { BatchCommands = { StreamRows.Wait(Patience), StreamRows.Lock(tenant, page) } })
            await locks.ExecuteNonQueryAsync(cancel);
        var events = await Fetch(tx, EventRows.Select(tenant, page), cancel);
        return [.. events.GroupBy(e => e.Stream).Select(stream => History([.. stream]))];
    }

    /// <summary>
    /// Every stream of a type, in id order, whole. At most a page of them is in memory, and between two of them the transaction
    /// is free for other statements. A stream that begins meanwhile may be missed, unless the transaction is a repeatable read.
    /// </summary>
    public async IAsyncEnumerable<StreamHistory> ReadAll(
        NpgsqlTransaction tx, string tenant, string streamType, [EnumeratorCancellation] CancellationToken cancel)
    {
        var after = Guid.Empty;
        while (await StreamMoves.NextPage(tx, tenant, streamType, after, cancel) is { Length: > 0 } page)
        {
            var events = await Fetch(tx, EventRows.Select(tenant, page), cancel);
            foreach (var stream in events.GroupBy(e => e.Stream))
                yield return History([.. stream]);

            after = page[^1];
        }
    }

    private static StreamHistory History(StoredEvent[] events) => new(events[0].Stream, events[^1].Version, events);

    private async Task<List<StoredEvent>> Fetch(NpgsqlTransaction tx, NpgsqlBatchCommand select, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(tx.Connection, tx) { BatchCommands = { select } };
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancel))
            events.Add(_rows.Read(reader));
        return events;
    }
}
