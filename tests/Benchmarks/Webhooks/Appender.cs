using System.Diagnostics;
using QualityIngest.Domain;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Webhooks;
using QualityIngest.EventStore;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.Webhooks;

/// <summary>Stores events of one tenant as the product does.</summary>
/// <param name="database">Where.</param>
/// <param name="tenant">Whose.</param>
/// <param name="told">Whether messages are written for them.</param>
public sealed class Appender(TestDatabase database, string tenant, bool told = true)
{
    private const int StreamsAnAppend = 1_000;

    private readonly EventStore.EventStore _events = new(DomainEvents.Register(), [], told ? [new DeliveryWriter()] : []);
    private readonly Guid _connector = Guid.NewGuid();

    /// <summary>Stores so many events in one transaction, each of a stream of its own and 1,000 an append. The stopwatch's reading at the commit.</summary>
    public async Task<long> Bulk(int events, CancellationToken cancel)
    {
        await using var session = await database.Postgres.Pipeline(tenant, cancel);
        for (var done = 0; done < events; done += StreamsAnAppend)
            await _events.Append(session.Transaction, tenant, [.. Enumerable.Range(0, StreamsAnAppend).Select(_ => Scan())], cancel);
        await session.Commit(cancel);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>Stores one event. Its id, and the stopwatch's reading at the commit.</summary>
    public async Task<(Guid Event, long At)> One(CancellationToken cancel)
    {
        var append = Scan();
        await using var session = await database.Postgres.Pipeline(tenant, cancel);
        await _events.Append(session.Transaction, tenant, [append], cancel);
        var stored = await _events.FetchStream(session.Transaction, tenant, append.Stream, cancel);
        await session.Commit(cancel);
        return (stored[0].Id, Stopwatch.GetTimestamp());
    }

    /// <summary>How long so many appends of so many streams take, each in a transaction of its own.</summary>
    public async Task<TimeSpan> Appends(int appends, int streams, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < appends; n++)
        {
            await using var session = await database.Postgres.Pipeline(tenant, cancel);
            await _events.Append(session.Transaction, tenant, [.. Enumerable.Range(0, streams).Select(_ => Scan())], cancel);
            await session.Commit(cancel);
        }

        return clock.Elapsed;
    }

    private StreamAppend Scan() =>
        new(Guid.CreateVersion7(), "scan", 0, [new ScanCompleted(_connector, 1, 1, 0, 0)]);
}
