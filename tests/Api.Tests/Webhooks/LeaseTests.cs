using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Webhooks;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>What a node does with an endpoint whose lease comes to its end.</summary>
public sealed class LeaseTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    private const long Fence = 7;

    private WebhookOptions Options => host.Services.GetRequiredService<IOptions<WebhookOptions>>().Value;

    private DeliveryQueue Queue => host.Services.GetRequiredService<DeliveryQueue>();

    [SkippableFact]
    public async Task No_attempt_begins_that_could_outlast_the_lease()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = await Leased(tenant, receiver);
        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var ago = Options.Lease - Options.Timeout / 2;
        var lease = new EndpointLease(endpoint, tenant.Id, Fence, Stopwatch.GetTimestamp() - (long)(ago.TotalSeconds * Stopwatch.Frequency));

        using (var sender = new EndpointSender(
            lease, new(Queue, lease, Options.Lease), Queue, host.Services.GetRequiredService<Outbox>(), host.Services.GetRequiredService<EndpointCallers>(),
            Options, () => false, NullLogger.Instance))
            await sender.Run(CancellationToken.None);

        Assert.Empty(receiver.Received);
        await WebhookHost.Arrived(receiver, 1);
    }

    [SkippableFact]
    public async Task A_renewal_that_hangs_ends_with_the_lease()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var lease = new EndpointLease(await Leased(tenant, receiver), tenant.Id, Fence, Stopwatch.GetTimestamp());
        await using var connection = await host.Database.Source.OpenConnectionAsync();
        await using var open = await connection.BeginTransactionAsync();
        await using var locked = new Npgsql.NpgsqlCommand("select from webhook_senders where endpoint_id = $1 for update", connection, open)
        {
            Parameters = { new() { Value = lease.Endpoint } },
        };
        await locked.ExecuteNonQueryAsync();
        var held = new HeldLease(Queue, lease, TimeSpan.FromSeconds(1));

        // While the row is locked no renewal ends by itself.
        await Assert.ThrowsAsync<LeaseLostException>(() => held.Keep(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.False(held.Runs(TimeSpan.Zero));
    }

    [SkippableFact]
    public async Task What_cannot_be_recorded_is_followed_by_no_more_than_a_crash_may_repeat()
    {
        const int Messages = 100;
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var endpoint = await Leased(tenant, receiver);
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(_ => host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1)));
        var open = 4 * Options.Concurrency;
        await using var connection = await host.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var locked = new Npgsql.NpgsqlCommand("select from webhook_senders where endpoint_id = $1 for update", connection, transaction)
        {
            Parameters = { new() { Value = endpoint } },
        };
        await locked.ExecuteNonQueryAsync();
        var lease = new EndpointLease(endpoint, tenant.Id, Fence, Stopwatch.GetTimestamp());
        using var sender = new EndpointSender(
            lease, new(Queue, lease, TimeSpan.FromHours(1)), Queue, host.Services.GetRequiredService<Outbox>(),
            host.Services.GetRequiredService<EndpointCallers>(), Options, () => false, NullLogger.Instance);
        using var enough = new CancellationTokenSource();
        var sending = sender.Run(enough.Token);
        await WebhookHost.Arrived(receiver, open);

        // Another endpoint gets as many meanwhile.
        await using var other = await Receiver.Start();
        var beside = await host.NewTenant();
        await WebhookHost.Subscribe(beside, other);
        await host.Scanned(beside, Guid.NewGuid(), Guid.NewGuid(), 0, Messages);
        await WebhookHost.Arrived(other, Messages);
        Assert.Equal(open, receiver.Received.Count);
        await transaction.RollbackAsync();
        await WebhookHost.Arrived(receiver, Messages);
        await enough.CancelAsync();
        await sending;

        Assert.Equal(Messages, receiver.Received.Select(m => m.Id).Distinct().Count());
        Assert.Equal(Messages, receiver.Received.Count);
    }

    /// <summary>An endpoint that the host's own loop leaves alone: somebody has its lease.</summary>
    private async Task<Guid> Leased(TestTenant tenant, Receiver receiver)
    {
        var endpoint = (await WebhookHost.Subscribe(tenant, receiver)).Endpoint.Id;
        await host.Sql(
            "insert into webhook_senders (endpoint_id, node, fence, lease_until) values ($1, gen_random_uuid(), $2, now() + interval '1 hour')", endpoint, Fence);
        return endpoint;
    }
}
