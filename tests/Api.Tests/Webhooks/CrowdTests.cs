using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>More endpoints than a node has places for.</summary>
public sealed class CrowdTests(CrowdTests.SmallHost host) : IClassFixture<CrowdTests.SmallHost>
{
    [SkippableFact]
    public async Task Endpoints_that_hang_give_their_places_up_to_those_that_wait()
    {
        var tenant = await host.NewTenant();
        await using var first = await Receiver.Start();
        await using var second = await Receiver.Start();
        await using var healthy = await Receiver.Start();
        var held = new TaskCompletionSource();
        first.Answer = second.Answer = (_, context) => held.Task.WaitAsync(context.RequestAborted);
        Guid[] hanging = [(await WebhookHost.Subscribe(tenant, first)).Endpoint.Id, (await WebhookHost.Subscribe(tenant, second)).Endpoint.Id];
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 200);
        await WebhookHost.Arrived(first, 1);
        await WebhookHost.Arrived(second, 1);

        await WebhookHost.Subscribe(tenant, healthy);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 3);
        await WebhookHost.Arrived(healthy, 3);

        foreach (var endpoint in hanging)
            Assert.NotEmpty((await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint, state: DeliveryState.Pending)).Items);
        held.SetResult();
    }

    /// <summary>A node that serves two endpoints at a time, with two attempts each.</summary>
    public sealed class SmallHost : WebhookHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Webhooks:Endpoints"] = "2",
            ["Webhooks:Concurrency"] = "2",
            ["Webhooks:Timeout"] = "00:00:01",
            ["Webhooks:Lease"] = "00:00:04",
        };
    }
}
