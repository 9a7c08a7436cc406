using QualityIngest.Client;
using QualityIngest.Domain.Scans;

namespace QualityIngest.Api.Tests.Events;

/// <summary>The feed is read while it is written.</summary>
public sealed class WriterTests(EventsHost host) : IClassFixture<EventsHost>
{
    private const int Writers = 8, Transactions = 40;

    [SkippableFact]
    public async Task Beside_eight_writers_every_event_comes_once_and_each_streams_in_order()
    {
        var tenant = await host.NewTenant();
        var connectors = Enumerable.Range(0, Writers).Select(_ => Guid.NewGuid()).ToList();
        var others = 0;

        var writing = Task.WhenAll(connectors.Select((connector, n) => Task.Run(() => Write(n, connector))));
        var reading = new[]
        {
            Read(tenant, writing, limit: 7),
            Read(tenant, writing, limit: 100),
            Read(tenant, writing, limit: 50, type: "scan.failed"),
            Read(tenant, writing, limit: 50, connector: connectors[3]),
        };
        var written = (await writing).SelectMany(w => w).ToHashSet();
        var (small, large, failed, third) = (await reading[0], await reading[1], await reading[2], await reading[3]);

        Assert.Equal(small.Select(e => e.Id), large.Select(e => e.Id));
        Assert.Equal(small.Where(e => e.Type == "scan.failed").Select(e => e.Id), failed.Select(e => e.Id));
        Assert.Equal(small.Where(e => Data(e).ConnectorId == connectors[3]).Select(e => e.Id), third.Select(e => e.Id));
        Assert.Equal(written.Count, small.Count);
        Assert.Equal(written, small.Select(Place).ToHashSet());
        foreach (var stream in small.Select(Place).GroupBy(place => place.Scan, place => place.Version))
            Assert.Equal(stream.Order(), stream);

        // Writer 0 keeps each transaction open until others have ended five more; every fifth of all is rolled back.
        async Task<List<(Guid Scan, long Version)>> Write(int writer, Guid connector)
        {
            var (scan, version, told) = (Guid.NewGuid(), 0L, new List<(Guid, long)>());
            for (var n = 0; n < Transactions; n++)
            {
                await using var session = await host.Begin(tenant);
                var events = n % 7 == 6 ? 60 : 1;
                await host.Append(session, scan, version, [.. Enumerable.Range(0, events).Select(i => Event(connector, n + i))]);
                if (writer == 0)
                {
                    var until = Math.Min(Volatile.Read(ref others) + 5, (Writers - 1) * Transactions);
                    await Eventually.Holds(() => Task.FromResult(Volatile.Read(ref others) >= until), TimeSpan.FromMinutes(1));
                }

                if (n % 5 != 4)
                {
                    await session.Commit(CancellationToken.None);
                    told.AddRange(Enumerable.Range(0, events).Where(i => Event(connector, n + i) is not ScanStarted).Select(i => (scan, version + i + 1)));
                    version += events;
                }

                if (writer != 0)
                    Interlocked.Increment(ref others);
            }

            return told;
        }
    }

    private static object Event(Guid connector, int n) => (n % 3) switch
    {
        0 => new ScanStarted(connector, "manual", DateTimeOffset.UnixEpoch),
        1 => new ScanCompleted(connector, n, 0, 0, 0),
        _ => new ScanFailed(connector, "no_such_bucket", "There is none."),
    };

    private static (Guid Scan, long Version) Place(FeedEvent told) => (Data(told).ScanId, Data(told).Version);

    private static ScanData Data(FeedEvent told) => (ScanData)told.Data;

    /// <summary>Reads page after page until nothing has come any more since the writers ended and all of it is final.</summary>
    private async Task<List<FeedEvent>> Read(TestTenant tenant, Task writing, int limit, string? type = null, Guid? connector = null)
    {
        var (events, cursor) = (new List<FeedEvent>(), (string?)null);
        await Eventually.Holds(
            async () =>
            {
                var (ended, final) = (writing.IsCompleted, await host.Final());
                var page = await tenant.Client.ListEventsAsync(after: cursor, type: type is null ? [] : [type], connectorId: connector, limit: limit);
                events.AddRange(page.Items);
                cursor = page.Next;
                return ended && final && page is { More: false };
            },
            TimeSpan.FromMinutes(2));
        return events;
    }
}
