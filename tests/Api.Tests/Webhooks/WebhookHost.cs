using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Scans;
using QualityIngest.EventStore;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>An API that may call the loopback and retries in milliseconds.</summary>
public class WebhookHost : ApiHost
{
    /// <summary>How long a test waits. Strict order and the feed wait for every transaction of the server, also those of tests beside this one.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Outbound:Allow:0"] = "127.0.0.1",
        ["Outbound:Allow:1"] = "localhost",
        ["Webhooks:Poll"] = "00:00:00.020",
        ["Webhooks:Timeout"] = "00:00:10",
        ["Webhooks:Lease"] = "00:00:25",
        ["Webhooks:Retries:0"] = "00:00:00.100",
        ["Webhooks:Retries:1"] = "00:00:00.200",
    };

    /// <summary>Stores events of scans, one transaction each: a stream's versions rise from 1.</summary>
    public async Task Scanned(TestTenant tenant, Guid scan, Guid connector, int from, int events)
    {
        var store = Services.GetRequiredService<EventStore.EventStore>();
        for (var version = from; version < from + events; version++)
        {
            await using var session = await Services.GetRequiredService<Postgres>().Pipeline(tenant.Id, CancellationToken.None);
            await store.Append(
                session.Transaction, tenant.Id,
                [new StreamAppend(scan, "scan", version, [new ScanCompleted(connector, version, 0, 0, 0)])], CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }
    }

    /// <summary>Makes an endpoint of a receiver, told of these types of events, or of all.</summary>
    public static Task<WebhookEndpointWithSecret> Subscribe(TestTenant tenant, Receiver receiver, params string[] types) =>
        tenant.Client.CreateWebhookEndpointAsync(new() { Url = receiver.Url, EventTypes = types });

    /// <summary>Makes an endpoint of a receiver with more than its address.</summary>
    public static async Task<WebhookEndpoint> Subscribe(TestTenant tenant, Receiver receiver, Func<WebhookEndpointInput, WebhookEndpointInput> with) =>
        (await tenant.Client.CreateWebhookEndpointAsync(with(new() { Url = receiver.Url }))).Endpoint;

    /// <summary>The only delivery to an endpoint, once it is in a state.</summary>
    public static async Task<WebhookDelivery> Delivery(TestTenant tenant, Guid endpoint, DeliveryState state)
    {
        WebhookDelivery? found = null;
        await Eventually.Holds(
            async () => (found = (await tenant.Client.ListWebhookDeliveriesAsync(endpointId: endpoint, state: state)).Items.SingleOrDefault()) is not null,
            Patience);
        return found!;
    }

    /// <summary>Waits until a receiver was sent so many messages.</summary>
    public static Task Arrived(Receiver receiver, int messages) =>
        Eventually.Holds(() => Task.FromResult(receiver.Received.Count >= messages), Patience);

    /// <summary>Runs a statement as the owner.</summary>
    public async Task<object?> Sql(string sql, params object[] values)
    {
        await using var command = Database.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }
}
