using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>An endpoint that asks to be left alone for an hour, and is changed meanwhile.</summary>
public sealed class RetryAfterTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_is_tried_soon_at_the_address_that_replaces_it(bool strict)
    {
        var tenant = await host.NewTenant();
        await using var busy = await Receiver.Start();
        await using var other = await Receiver.Start();
        var endpoint = await Waiting(tenant, busy, strict);

        await tenant.Client.ReplaceWebhookEndpointAsync(endpoint.Id, "*", new() { Url = other.Url, StrictOrder = strict });

        await Arrives(tenant, endpoint);
        Assert.Single(busy.Received);
        Assert.Equal(busy.Received[0].Id, Assert.Single(other.Received).Id);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_is_tried_soon_when_the_endpoint_is_enabled_again(bool strict)
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = await Waiting(tenant, receiver, strict);

        await tenant.Client.DisableWebhookEndpointAsync(endpoint.Id);
        await tenant.Client.EnableWebhookEndpointAsync(endpoint.Id);

        await Arrives(tenant, endpoint);
        Assert.Single(receiver.Received.Select(m => m.Id).Distinct());
    }

    [SkippableFact]
    public async Task What_is_on_its_way_and_fails_after_the_endpoint_was_replaced_is_tried_soon_as_well()
    {
        var tenant = await host.NewTenant();
        await using var busy = await Receiver.Start();
        await using var other = await Receiver.Start();
        var replaced = new TaskCompletionSource();
        busy.Answer = async (_, context) =>
        {
            await replaced.Task.WaitAsync(context.RequestAborted);
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
        };
        var endpoint = await WebhookHost.Subscribe(tenant, busy, input => input);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        await WebhookHost.Arrived(busy, 1);

        await tenant.Client.ReplaceWebhookEndpointAsync(endpoint.Id, "*", new() { Url = other.Url });
        replaced.SetResult();

        await Arrives(tenant, endpoint);
        Assert.Single(other.Received);
    }

    /// <summary>An endpoint that has refused its only message once and asked for an hour.</summary>
    private async Task<WebhookEndpoint> Waiting(TestTenant tenant, Receiver receiver, bool strict)
    {
        receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = receiver.Received.Count == 1 ? 429 : 200;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };
        var endpoint = await WebhookHost.Subscribe(tenant, receiver, input => input with { StrictOrder = strict });
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var waiting = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Retrying);
        Assert.InRange(waiting.NextAttemptAt!.Value, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(70));
        return endpoint;
    }

    /// <summary>Waits until its message has arrived, with the second attempt.</summary>
    private static async Task Arrives(TestTenant tenant, WebhookEndpoint endpoint)
    {
        var delivered = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Delivered);
        Assert.Equal((2, null), (delivered.Attempts, delivered.ErrorCode));
    }
}
