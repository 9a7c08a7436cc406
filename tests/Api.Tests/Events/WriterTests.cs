using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Events;

/// <summary>The feed is read while it is written.</summary>
public sealed class WriterTests(EventsHost host) : IClassFixture<EventsHost>
{
    [SkippableFact]
    public async Task Beside_eight_writers_every_event_comes_once_and_each_streams_in_order()
    {
        var tenant = await host.NewTenant();
        var writers = new Writers(host, tenant);
        var connector = writers.Connectors[3];

        var writing = writers.Write();
        var reading = new[]
        {
            Read(tenant, writing, limit: 7),
            Read(tenant, writing, limit: 100),
            Read(tenant, writing, limit: 50, type: "scan.failed"),
            Read(tenant, writing, limit: 50, connector: connector),
        };
        var written = await writing;
        var (small, large, failed, third) = (await reading[0], await reading[1], await reading[2], await reading[3]);

        Assert.Equal(small.Select(e => e.Id), large.Select(e => e.Id));
        Assert.Equal(small.Where(e => e.Type == "scan.failed").Select(e => e.Id), failed.Select(e => e.Id));
        Assert.Equal(small.Where(e => Data(e).ConnectorId == connector).Select(e => e.Id), third.Select(e => e.Id));
        Assert.Equal(written.Count, small.Count);
        Assert.Equal(written, small.Select(Place).ToHashSet());
        foreach (var stream in small.Select(Place).GroupBy(place => place.Scan, place => place.Version))
            Assert.Equal(stream.Order(), stream);
    }

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
