using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using QualityIngest.Client;
using QualityIngest.Domain.Scans;

namespace QualityIngest.Api.Tests.Events;

public sealed class StreamTests(EventsHost host) : IClassFixture<EventsHost>
{
    [SkippableFact]
    public async Task Events_come_as_they_happen_from_the_opening_on()
    {
        var tenant = await host.NewTenant();
        var scan = Guid.NewGuid();
        await host.Store(tenant, scan, 0, Completed());
        await Eventually.Holds(async () => (await tenant.Client.ListEventsAsync(type: [])).Items.Count == 1);
        await using var stream = await OpenedStream.Open(host, tenant.Secret);

        await host.Store(tenant, scan, 1, Completed());
        var first = Assert.Single(await stream.Events(1));
        await host.Store(tenant, scan, 2, Completed());
        var second = Assert.Single(await stream.Events(1));

        Assert.Equal(["scan.completed", "scan.completed"], [first.EventType, second.EventType]);
        Assert.Equal([2, 3], [Version(first), Version(second)]);
        Assert.Equal((await tenant.Client.ListEventsAsync(type: [])).Items.Skip(1).Select(e => e.Cursor), [first.EventId, second.EventId]);
    }

    [SkippableFact]
    public async Task Whoever_comes_back_with_the_last_id_has_no_gap_and_no_repeat()
    {
        var tenant = await host.NewTenant();
        var scan = Guid.NewGuid();
        var seen = new List<SseItem<string>>();
        string? last = null;
        await using (var first = await OpenedStream.Open(host, tenant.Secret))
        {
            await host.Store(tenant, scan, 0, [.. Enumerable.Range(0, 5).Select(_ => Completed())]);
            seen.AddRange(await first.Events(3));
            last = seen[^1].EventId;
        }

        for (var reconnection = 1; reconnection <= 3; reconnection++)
        {
            await host.Store(tenant, scan, 5 * reconnection, [.. Enumerable.Range(0, 5).Select(_ => Completed())]);
            await using var next = await OpenedStream.Open(host, tenant.Secret, lastEventId: last);
            seen.AddRange(await next.Events(5));
            last = seen[^1].EventId;
        }

        Assert.Equal(Enumerable.Range(1, 18).Select(v => (long)v), seen.Select(Version));
    }

    [SkippableFact]
    public async Task It_brings_what_its_filter_lets_through_and_signs_of_life_between()
    {
        var tenant = await host.NewTenant();
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        await using var stream = await OpenedStream.Open(host, tenant.Secret, $"?type=scan.failed&connectorId={mine}");

        await host.Store(tenant, Guid.NewGuid(), 0, Failed(other), Completed(mine));
        var (one, two) = (await stream.Next(), await stream.Next());
        await host.Store(tenant, Guid.NewGuid(), 0, Failed(other), Completed(mine), Failed(mine));
        var failed = Assert.Single(await stream.Events(1));

        Assert.Equal([OpenedStream.Still, OpenedStream.Still], [one!.Value.EventType, two!.Value.EventType]);
        Assert.Equal(3, Version(failed));
    }

    [SkippableFact]
    public async Task The_id_of_a_sign_of_life_is_a_place_to_come_back_to()
    {
        var tenant = await host.NewTenant();
        await using var quiet = await OpenedStream.Open(host, tenant.Secret);
        var still = (await quiet.Next())!.Value;
        await host.Store(tenant, Guid.NewGuid(), 0, Completed());

        await using var later = await OpenedStream.Open(host, tenant.Secret, lastEventId: still.EventId);

        Assert.Single(await later.Events(1));
    }

    [SkippableFact]
    public async Task It_ends_when_its_key_is_revoked()
    {
        var tenant = await host.NewTenant();
        var key = await host.NewKey(tenant.Id, "webhooks:read");
        await using var stream = await OpenedStream.Open(host, key.Secret);

        await host.Admin.RevokeApiKeyAsync(key.Key.Id);

        await stream.Ends();
    }

    [SkippableFact]
    public async Task A_tenant_has_so_many_at_a_time_and_one_that_its_client_leaves_makes_room()
    {
        var tenant = await host.NewTenant();
        var open = new List<OpenedStream>();
        for (var i = 0; i < EventsHost.Streams; i++)
            open.Add(await OpenedStream.Open(host, tenant.Secret));
        using var http = host.Http(tenant.Secret);

        using (var refused = await http.GetAsync(new Uri("v1/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("too_many_streams", (await refused.Content.ReadFromJsonAsync<Problem>())!.Code);
        }

        await using (await OpenedStream.Open(host, (await host.NewTenant()).Secret))
        {
            // Another tenant has its own.
        }

        await open[0].DisposeAsync();
        await Eventually.Holds(async () =>
        {
            using var answer = await http.GetAsync(new Uri("v1/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        });
        foreach (var stream in open)
            await stream.DisposeAsync();
    }

    [SkippableFact]
    public async Task It_ends_at_once_when_its_node_stops()
    {
        var tenant = await host.NewTenant();
        var node = new EventsHost { On = host.Database };
        await node.InitializeAsync();
        await using var stream = await OpenedStream.Open(node, tenant.Secret);

        var stopping = node.DisposeAsync();

        await stream.Ends(); // A node that waits for its streams cuts them off after half a minute, which would be no end.
        await stopping;
    }

    private static ScanCompleted Completed(Guid? connector = null) => new(connector ?? Guid.NewGuid(), 1, 0, 0, 0);

    private static ScanFailed Failed(Guid connector) => new(connector, "no_such_bucket", "There is none.");

    private static long Version(SseItem<string> item)
    {
        using var told = JsonDocument.Parse(item.Data);
        Assert.Equal(item.EventId, told.RootElement.GetProperty("cursor").GetString());
        return told.RootElement.GetProperty("data").GetProperty("version").GetInt64();
    }
}
