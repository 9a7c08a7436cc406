using QualityIngest.Domain.Scans;

namespace QualityIngest.Api.Tests.Events;

/// <summary>
/// Eight that write at the same time, each to a stream and under a connector of its own. The first keeps each transaction open until
/// others have ended five more; every fifth of all is rolled back, and every seventh is large.
/// </summary>
public sealed class Writers(EventsHost host, TestTenant tenant)
{
    private const int Count = 8, Transactions = 40;

    private int _others;

    /// <summary>Each writer's connector.</summary>
    public IReadOnlyList<Guid> Connectors { get; } = [.. Enumerable.Range(0, Count).Select(_ => Guid.NewGuid())];

    /// <summary>Writes all of it. Which events are to be told.</summary>
    public async Task<HashSet<(Guid Scan, long Version)>> Write() =>
        [.. (await Task.WhenAll(Enumerable.Range(0, Count).Select(n => Task.Run(() => Write(n))))).SelectMany(told => told)];

    private async Task<List<(Guid Scan, long Version)>> Write(int writer)
    {
        var (scan, version, told) = (Guid.NewGuid(), 0L, new List<(Guid, long)>());
        for (var n = 0; n < Transactions; n++)
        {
            await using var session = await host.Begin(tenant);
            var events = Enumerable.Range(n, n % 7 == 6 ? 60 : 1).Select(i => Event(Connectors[writer], i)).ToList();
            await host.Append(session, scan, version, events);
            if (writer == 0)
                await Overtaken();
            if (n % 5 != 4)
            {
                await session.Commit(CancellationToken.None);
                told.AddRange(events.Select((e, i) => (Event: e, Place: (scan, version + i + 1))).Where(e => e.Event is not ScanStarted).Select(e => e.Place));
                version += events.Count;
            }

            if (writer != 0)
                Interlocked.Increment(ref _others);
        }

        return told;
    }

    private async Task Overtaken()
    {
        var until = Math.Min(Volatile.Read(ref _others) + 5, (Count - 1) * Transactions);
        await Eventually.Holds(() => Task.FromResult(Volatile.Read(ref _others) >= until), TimeSpan.FromMinutes(1));
    }

    private static object Event(Guid connector, int n) => (n % 3) switch
    {
        0 => new ScanStarted(connector, "manual", DateTimeOffset.UnixEpoch),
        1 => new ScanCompleted(connector, n, 0, 0, 0),
        _ => new ScanFailed(connector, "no_such_bucket", "There is none."),
    };
}
