using Microsoft.AspNetCore.Http;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

public sealed class DeliveryTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableFact]
    public async Task An_event_reaches_every_endpoint_that_asks_for_it_once_and_signed()
    {
        var tenant = await host.NewTenant();
        await using var all = await Receiver.Start();
        await using var other = await Receiver.Start();
        var endpoint = await WebhookHost.Subscribe(tenant, all);
        await WebhookHost.Subscribe(tenant, other, "file.ingested");
        var (scan, connector) = (Guid.NewGuid(), Guid.NewGuid());

        await host.Scanned(tenant, scan, connector, 0, 3);

        await Eventually.Holds(() => Task.FromResult(all.Received.Count == 3));
        Assert.All(all.Received, message =>
        {
            Assert.Equal("scan.completed", message.Type);
            Assert.True(message.IsSignedWith(endpoint.Secret));
            Assert.Equal(scan, message.Json.GetProperty("data").GetProperty("scanId").GetGuid());
            Assert.Equal(connector, message.Json.GetProperty("data").GetProperty("connectorId").GetGuid());
        });
        Assert.Equal([1, 2, 3], all.Received.Select(m => m.Version));
        Assert.Equal(3, all.Received.Select(m => m.Id).Distinct().Count());
        Assert.Empty(other.Received);
        await Eventually.Holds(async () =>
            (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint.Endpoint.Id)).Items.All(d => d.State == DeliveryState.Delivered));
    }

    [SkippableFact]
    public async Task What_fails_is_tried_again_under_the_same_id_and_every_attempt_is_shown()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var failures = 1;
        receiver.Answer = async (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            await context.Response.WriteAsync("heard");
        };
        await WebhookHost.Subscribe(tenant, receiver);

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);

        await Eventually.Holds(async () => (await tenant.Client.ListWebhookDeliveriesAsync(state: DeliveryState.Delivered)).Items.Count == 1);
        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(m => m.Id).Distinct());
        var delivery = (await tenant.Client.ListWebhookDeliveriesAsync()).Items.Single();
        var detail = await tenant.Client.GetWebhookDeliveryAsync(delivery.Id);
        Assert.Equal([2, 1], detail.Attempts.Select(a => a.Number));
        Assert.Equal([null, "endpoint_refused"], detail.Attempts.Select(a => a.ErrorCode));
        Assert.Equal([200, 500], detail.Attempts.Select(a => a.Status));
        Assert.All(detail.Attempts, a => Assert.Equal("heard", a.Response));
    }

    [SkippableFact]
    public async Task An_endpoint_that_is_gone_is_disabled_and_others_hear_of_it()
    {
        var tenant = await host.NewTenant();
        await using var gone = await Receiver.Start();
        await using var other = await Receiver.Start();
        gone.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = StatusCodes.Status410Gone);
        var endpoint = await WebhookHost.Subscribe(tenant, gone);
        await WebhookHost.Subscribe(tenant, other, "endpoint.disabled");

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);

        await Eventually.Holds(() => Task.FromResult(other.Received.Count == 1));
        Assert.Equal(endpoint.Endpoint.Id, other.Received[0].Json.GetProperty("data").GetProperty("endpointId").GetGuid());
        var disabled = await tenant.Client.GetWebhookEndpointAsync(endpoint.Endpoint.Id);
        Assert.False(disabled.Enabled);
        Assert.Equal("endpoint_gone", disabled.Disabled!.Code);
    }

    [SkippableFact]
    public async Task A_replay_sends_what_has_happened_once_more_and_says_so()
    {
        var tenant = await host.NewTenant();
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 5);
        await using var receiver = await Receiver.Start();
        var endpoint = await WebhookHost.Subscribe(tenant, receiver);

        var replay = await tenant.Client.ReplayEventsAsync(endpoint.Endpoint.Id, new() { Since = DateTimeOffset.UtcNow.AddHours(-1) });

        // The feed waits for every transaction of the server, also those of tests beside this one.
        await Eventually.Holds(() => Task.FromResult(receiver.Received.Count == 5), TimeSpan.FromSeconds(60));
        Assert.All(receiver.Received, m => Assert.Equal(replay.ReplayId.ToString(), m.Headers["webhook-replay"]));
        Assert.Equal([1, 2, 3, 4, 5], receiver.Received.Select(m => m.Version));
    }
}
