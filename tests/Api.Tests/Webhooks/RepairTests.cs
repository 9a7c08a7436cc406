using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Sending again.</summary>
public sealed class RepairTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableFact]
    public async Task A_test_is_tried_once_and_its_delivery_tells_how_it_went()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 503);
        var endpoint = await WebhookHost.Subscribe(tenant, receiver, input => input with { EventTypes = ["file.failed"], StrictOrder = true });

        await tenant.Client.TestWebhookEndpointAsync(endpoint.Id);

        var delivery = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Failed);
        Assert.Equal(("endpoint.test", 503, 1), (delivery.EventType, delivery.Status, delivery.Attempts));
        Assert.Equal(endpoint.Id, receiver.Received.Single().Json.GetProperty("data").GetProperty("endpointId").GetGuid());
        Assert.Null((await tenant.Client.GetWebhookEndpointAsync(endpoint.Id)).FailingSince);
        await tenant.Client.DisableWebhookEndpointAsync(endpoint.Id);
        await Answer.Refused(409, "endpoint_disabled", () => tenant.Client.TestWebhookEndpointAsync(endpoint.Id));
    }

    [SkippableFact]
    public async Task A_test_that_fails_neither_ends_a_time_of_failure_nor_disables_the_endpoint_for_it()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 503);
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        await host.Sql("insert into webhook_senders (endpoint_id, failing_since) values ($1, now() - interval '10 days')", endpoint);

        await tenant.Client.TestWebhookEndpointAsync(endpoint);
        await WebhookHost.Delivery(tenant, endpoint, DeliveryState.Failed);

        var stands = await tenant.Client.GetWebhookEndpointAsync(endpoint);
        Assert.True(stands.Enabled && stands.FailingSince < DateTimeOffset.UtcNow.AddDays(-9));
    }

    [SkippableFact]
    public async Task A_replay_waits_for_what_an_open_transaction_keeps_from_being_final()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        await tenant.Client.DisableWebhookEndpointAsync(endpoint);
        await using var connection = await host.Database.Source.OpenConnectionAsync();
        await using (var open = await connection.BeginTransactionAsync())
        {
            await using var begun = new Npgsql.NpgsqlCommand("select pg_current_xact_id()", connection, open);
            await begun.ExecuteNonQueryAsync();
            await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 3);
            await tenant.Client.EnableWebhookEndpointAsync(endpoint);

            await tenant.Client.ReplayEventsAsync(endpoint, new() { Since = DateTimeOffset.UtcNow.AddHours(-1) });
            await Eventually.Holds(async () => (long)(await host.Sql(
                "select count(*) from work_items where kind = 'redeliver' and tenant_id = $1 and (progress is null or state <> 'available')", tenant.Id))! == 0);
        }

        await WebhookHost.Arrived(receiver, 3);
        Assert.Equal([1, 2, 3], receiver.Received.Select(m => m.Version));
        await Eventually.Holds(async () => (long)(await host.Sql("select count(*) from work_items where kind = 'redeliver' and tenant_id = $1", tenant.Id))! == 0);
    }

    [SkippableFact]
    public async Task What_failed_is_sent_again_when_somebody_asks_one_by_one_or_all()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var answer = 500;
        receiver.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = Volatile.Read(ref answer));
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        var since = DateTimeOffset.UtcNow.AddMinutes(-1);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 3);
        await Count(DeliveryState.Failed, 3);
        Volatile.Write(ref answer, 200);

        var one = (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint)).Items[0];
        await tenant.Client.RetryWebhookDeliveryAsync(one.Id);
        await Count(DeliveryState.Delivered, 1);
        var redelivery = await tenant.Client.RetryFailedDeliveriesAsync(endpoint, new() { Since = since });
        await Count(DeliveryState.Delivered, 3);

        Assert.Null(redelivery.ReplayId);
        Assert.Equal(3, receiver.Received.Select(m => m.Id).Distinct().Count());
        Assert.All((await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint)).Items, d => Assert.Equal(4, d.Attempts));

        Task Count(DeliveryState state, int count) => Eventually.Holds(
            async () => (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint, state: state)).Items.Count == count, TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task A_replay_behind_a_cursor_keeps_ids_and_the_filter_and_new_events_arrive_beside_it()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver, "scan.completed")).Endpoint.Id;
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 4);
        await WebhookHost.Arrived(receiver, 4);
        await Eventually.Holds(async () => (await tenant.Client.ListEventsAsync(limit: 4)).Items.Count == 4, TimeSpan.FromSeconds(60));
        var feed = await tenant.Client.ListEventsAsync(limit: 2);

        var replay = await tenant.Client.ReplayEventsAsync(endpoint, new() { After = feed.Next });
        await WebhookHost.Arrived(receiver, 6);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Arrived(receiver, 7);

        var marked = receiver.Received.Where(m => m.Headers.ContainsKey("webhook-replay")).ToList();
        Assert.Equal([3, 4], marked.Select(m => m.Version));
        Assert.All(marked, m => Assert.Equal(replay.ReplayId.ToString(), m.Headers["webhook-replay"]));
        Assert.Equal(5, receiver.Received.Select(m => m.Id).Distinct().Count());
        await tenant.Client.ReplaceWebhookEndpointAsync(endpoint, "*", new() { Url = receiver.Url, EventTypes = ["file.failed"] });
        await tenant.Client.ReplayEventsAsync(endpoint, new() { Since = DateTimeOffset.UtcNow.AddHours(-1) });
        await Eventually.Holds(async () => (long)(await host.Sql("select count(*) from work_items where kind = 'redeliver' and tenant_id = $1", tenant.Id))! == 0);
        Assert.Equal(7, receiver.Received.Count);
    }

    [SkippableFact]
    public async Task A_replay_says_since_when_or_behind_what_and_not_both()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;

        await Answer.Refused(422, "invalid", () => tenant.Client.ReplayEventsAsync(endpoint, new()));
        await Answer.Refused(422, "invalid", () => tenant.Client.ReplayEventsAsync(endpoint, new() { Since = DateTimeOffset.UtcNow, After = "ev1" }));
        await Answer.Refused(422, "invalid", () => tenant.Client.ReplayEventsAsync(endpoint, new() { After = "nonsense" }));
        await Answer.Refused(404, "not_found", () => tenant.Client.ReplayEventsAsync(Guid.NewGuid(), new() { Since = DateTimeOffset.UtcNow }));
    }

    [SkippableFact]
    public async Task Deliveries_are_listed_by_what_they_are_in_pages()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 5);
        await WebhookHost.Arrived(receiver, 5);
        var all = (await tenant.Client.ListWebhookDeliveriesAsync()).Items.ToList();

        var paged = new List<Guid>();
        for (string? cursor = null; ;)
        {
            var page = await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint, eventType: "scan.completed", limit: 2, cursor: cursor);
            paged.AddRange(page.Items.Select(d => d.Id));
            if ((cursor = page.NextCursor) is null)
                break;
        }

        Assert.Equal(all.Select(d => d.Id), paged);
        Assert.Equal([all[2].Id], (await tenant.Client.ListWebhookDeliveriesAsync(eventId: all[2].EventId)).Items.Select(d => d.Id));
        Assert.Equal([all[0].Id, all[1].Id], (await tenant.Client.ListWebhookDeliveriesAsync(from: all[1].CreatedAt)).Items.Select(d => d.Id));
        Assert.Equal([all[4].Id], (await tenant.Client.ListWebhookDeliveriesAsync(to: all[3].CreatedAt)).Items.Select(d => d.Id));
        Assert.Empty((await tenant.Client.ListWebhookDeliveriesAsync(eventId: "none")).Items);
        Assert.Empty((await tenant.Client.ListWebhookDeliveriesAsync(eventType: "file.failed")).Items);
        Assert.Empty((await (await host.NewTenant()).Client.ListWebhookDeliveriesAsync()).Items);
    }
}
