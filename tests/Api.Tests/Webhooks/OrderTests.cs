using Microsoft.AspNetCore.Http;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

public sealed class OrderTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableFact]
    public async Task In_strict_order_nothing_passes_what_waits_and_what_is_given_up_lets_the_rest_go_on()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        receiver.Answer = (message, context) => Task.FromResult(context.Response.StatusCode = message.Version == 2 ? 500 : 200);
        var (scan, other) = (Guid.NewGuid(), Guid.NewGuid());
        await WebhookHost.Subscribe(tenant, receiver, input => input with { StrictOrder = true });

        await host.Scanned(tenant, scan, Guid.NewGuid(), 0, 2);
        await host.Scanned(tenant, other, Guid.NewGuid(), 0, 1);
        await host.Scanned(tenant, scan, Guid.NewGuid(), 2, 1);

        await WebhookHost.Arrived(receiver, 6);
        Assert.Equal([(scan, 1), (scan, 2), (scan, 2), (scan, 2), (other, 1), (scan, 3)], receiver.Received.Select(About));
    }

    [SkippableFact]
    public async Task Without_strict_order_later_events_go_ahead_of_what_waits()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var third = new TaskCompletionSource();
        receiver.Answer = (message, context) =>
        {
            if (message.Version == 3)
                third.TrySetResult();
            return Task.FromResult(context.Response.StatusCode = message.Version == 1 && !third.Task.IsCompleted ? 500 : 200);
        };
        await WebhookHost.Subscribe(tenant, receiver);

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 3);
        await third.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal([1, 2, 3], receiver.Received.Select(m => m.Version).Distinct());
    }

    [SkippableFact]
    public async Task An_endpoint_that_hangs_delays_no_other()
    {
        var tenant = await host.NewTenant();
        await using var hanging = await Receiver.Start();
        await using var quick = await Receiver.Start();
        var held = new TaskCompletionSource();
        hanging.Answer = (_, context) => held.Task.WaitAsync(context.RequestAborted);
        var stuck = await WebhookHost.Subscribe(tenant, hanging);
        await WebhookHost.Subscribe(tenant, quick);

        // The quick one takes everything while the other has answered nothing.
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 40);
        await WebhookHost.Arrived(quick, 40);

        Assert.Empty((await tenant.Client.ListWebhookDeliveriesAsync(endpointId: stuck.Endpoint.Id, state: DeliveryState.Delivered)).Items);
        held.SetResult();
    }

    [SkippableFact]
    public async Task An_event_reaches_those_alone_whose_filters_let_it_through_and_no_other_tenant()
    {
        var (tenant, stranger) = (await host.NewTenant(), await host.NewTenant());
        await using var typed = await Receiver.Start();
        await using var foreign = await Receiver.Start();
        await using var all = await Receiver.Start();
        await WebhookHost.Subscribe(tenant, typed, "scan.failed", "file.ingested");
        await WebhookHost.Subscribe(stranger, foreign);
        await WebhookHost.Subscribe(tenant, all);
        await using var connected = await Receiver.Start();
        var endpoint = await WebhookHost.Subscribe(tenant, connected);
        var connector = Guid.NewGuid();
        await host.Sql("update webhook_endpoints set connector_ids = array[$2::uuid] where id = $1", endpoint.Endpoint.Id, connector);

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await host.Scanned(tenant, Guid.NewGuid(), connector, 0, 1);

        await WebhookHost.Arrived(all, 2);
        await WebhookHost.Arrived(connected, 1);
        Assert.Equal(connector, connected.Received.Single().Json.GetProperty("data").GetProperty("connectorId").GetGuid());
        Assert.Equal(3L, await host.Sql("select count(*) from webhook_deliveries where tenant_id = any($1)", (object)new[] { tenant.Id, stranger.Id }));
    }

    private static (Guid Scan, int Version) About(ReceivedMessage message) =>
        (message.Json.GetProperty("data").GetProperty("scanId").GetGuid(), (int)message.Version);
}
