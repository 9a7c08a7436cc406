using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Endpoints that change while something is on its way to them.</summary>
public sealed class ChangeTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableFact]
    public async Task What_waits_for_a_disabled_endpoint_is_sent_once_it_is_enabled_and_what_happened_meanwhile_is_not()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = await Waiting(tenant, receiver);

        Assert.False((await tenant.Client.DisableWebhookEndpointAsync(endpoint.Id)).Enabled);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await Due(endpoint.Id);
        await OthersAreServed(tenant);
        Assert.Single(receiver.Received);
        await tenant.Client.EnableWebhookEndpointAsync(endpoint.Id);

        await WebhookHost.Arrived(receiver, 4);
        await Eventually.Holds(async () => (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint.Id)).Items.All(d => d.State == DeliveryState.Delivered));
        Assert.Equal([1, 1, 2, 3], receiver.Received.Select(m => m.Version));
    }

    [SkippableFact]
    public async Task A_removed_endpoint_is_sent_nothing_more()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = await Waiting(tenant, receiver);

        await tenant.Client.DeleteWebhookEndpointAsync(endpoint.Id, "*");
        await Due(endpoint.Id);
        await OthersAreServed(tenant);

        Assert.Single(receiver.Received);
        Assert.Equal(0L, await host.Sql("select count(*) from webhook_endpoints where id = $1 and sealed_credentials is not null", endpoint.Id));
        await Answer.Refused(404, "not_found", () => tenant.Client.GetWebhookEndpointAsync(endpoint.Id));
        var waiting = (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint.Id)).Items[0];
        await Answer.Refused(404, "not_found", () => tenant.Client.RetryWebhookDeliveryAsync(waiting.Id));
    }

    [SkippableFact]
    public async Task After_a_rotation_both_secrets_sign_until_the_former_one_has_run_out()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var made = await WebhookHost.Subscribe(tenant, receiver);

        var rotated = await tenant.Client.RotateWebhookSecretAsync(made.Endpoint.Id, new());
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Arrived(receiver, 1);

        Assert.True(receiver.Received[0].IsSignedWith(made.Secret) && receiver.Received[0].IsSignedWith(rotated.Secret));
        await host.Sql("update webhook_endpoints set former_until = clock_timestamp() where id = $1", made.Endpoint.Id);
        await Eventually.Holds(async () =>
        {
            await tenant.Client.TestWebhookEndpointAsync(made.Endpoint.Id);
            return receiver.Received[^1].IsSignedWith(rotated.Secret) && !receiver.Received[^1].IsSignedWith(made.Secret);
        });
    }

    [SkippableFact]
    public async Task Five_days_without_a_success_disable_an_endpoint_and_tell_the_others()
    {
        var tenant = await host.NewTenant();
        await using var failing = await Receiver.Start();
        await using var other = await Receiver.Start();
        failing.Answer = (_, context) => Task.FromResult(context.Response.StatusCode = 500);
        var endpoint = await WebhookHost.Subscribe(tenant, failing, "scan.completed");
        await WebhookHost.Subscribe(tenant, other, "endpoint.disabled");
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Delivery(tenant, endpoint.Endpoint.Id, DeliveryState.Failed);
        Assert.NotNull((await tenant.Client.GetWebhookEndpointAsync(endpoint.Endpoint.Id)).FailingSince);

        await host.Sql("update webhook_senders set failing_since = failing_since - interval '5 days' where endpoint_id = $1", endpoint.Endpoint.Id);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);

        await WebhookHost.Arrived(other, 1);
        Assert.Equal("endpoint_failing", other.Received[0].Json.GetProperty("data").GetProperty("code").GetString());
        Assert.Equal("endpoint_failing", (await tenant.Client.GetWebhookEndpointAsync(endpoint.Endpoint.Id)).Disabled!.Code);
        var enabled = await tenant.Client.EnableWebhookEndpointAsync(endpoint.Endpoint.Id);
        Assert.Equal((true, null, null), (enabled.Enabled, enabled.Disabled, enabled.FailingSince));
    }

    [SkippableFact]
    public async Task What_an_address_answers_says_nothing_of_the_one_that_took_its_place()
    {
        var tenant = await host.NewTenant();
        await using var former = await Receiver.Start();
        await using var latter = await Receiver.Start();
        var replaced = new TaskCompletionSource();
        former.Answer = async (_, context) =>
        {
            await replaced.Task;
            context.Response.StatusCode = 410;
        };
        var endpoint = (await WebhookHost.Subscribe(tenant, former)).Endpoint;
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Arrived(former, 1);
        await host.Sql("update webhook_senders set failing_since = now() - interval '4 days' where endpoint_id = $1", endpoint.Id);

        var moved = await tenant.Client.ReplaceWebhookEndpointAsync(endpoint.Id, $"\"{endpoint.Version}\"", new() { Url = latter.Url });
        replaced.SetResult();
        await WebhookHost.Arrived(latter, 1);

        Assert.Null(moved.FailingSince);
        var after = await tenant.Client.GetWebhookEndpointAsync(endpoint.Id);
        Assert.Equal((true, null), (after.Enabled, after.Disabled));
    }

    [SkippableFact]
    public async Task Disabling_by_hand_and_by_an_answer_do_not_wait_for_each_other_in_a_circle()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        await host.Sql("insert into webhook_senders (endpoint_id, lease_until) values ($1, clock_timestamp() + interval '1 hour')", endpoint);

        // As the recording of an attempt does: the sender first, then the endpoint.
        await using var recording = await host.Database.Postgres.Pipeline(tenant.Id, default);
        await recording.Execute(new("update webhook_senders set failing_since = null where endpoint_id = $1", endpoint), default);
        var disabling = tenant.Client.DisableWebhookEndpointAsync(endpoint);
        await Eventually.Holds(async () => (bool)(await host.Sql("select exists (select from pg_locks where not granted)"))!);
        await recording.Execute(new("update webhook_endpoints set enabled = false where id = $1", endpoint), default);
        await recording.Commit(default);

        Assert.False((await disabling).Enabled);
    }

    /// <summary>An endpoint in strict order with three messages, the first of which waits for an hour after an attempt.</summary>
    private async Task<WebhookEndpoint> Waiting(TestTenant tenant, Receiver receiver)
    {
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = receiver.Received.Count == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        var endpoint = await WebhookHost.Subscribe(tenant, receiver, input => input with { StrictOrder = true });
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 3);
        await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Retrying);
        return endpoint;
    }

    private Task<object?> Due(Guid endpoint) =>
        host.Sql("update webhook_deliveries set next_at = clock_timestamp() where endpoint_id = $1 and state = 'retrying'", endpoint);

    /// <summary>Waits until the node has looked around several times since.</summary>
    private static async Task OthersAreServed(TestTenant tenant)
    {
        await using var other = await Receiver.Start();
        var endpoint = await WebhookHost.Subscribe(tenant, other);
        for (var message = 1; message <= 3; message++)
        {
            await tenant.Client.TestWebhookEndpointAsync(endpoint.Endpoint.Id);
            await WebhookHost.Arrived(other, message);
        }

        await tenant.Client.DeleteWebhookEndpointAsync(endpoint.Endpoint.Id, "*");
    }
}
