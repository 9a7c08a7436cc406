using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Strict order while a transaction that writes is open somewhere on the database server.</summary>
public sealed class OpenTransactionTests(WebhookHost host) : IClassFixture<WebhookHost>
{
    [SkippableTheory]
    [InlineData("the same database")]
    [InlineData("another database")]
    public async Task What_is_final_goes_on_and_what_is_not_waits_for_its_end(string where)
    {
        var tenant = await host.NewTenant();
        await using var strict = await Receiver.Start();
        await using var free = await Receiver.Start();
        var endpoint = (await WebhookHost.Subscribe(tenant, strict, input => input with { StrictOrder = true })).Id;
        await WebhookHost.Subscribe(tenant, free);
        await host.Sql("insert into webhook_senders (endpoint_id, node, fence, lease_until) values ($1, gen_random_uuid(), 1, now() + interval '1 hour')", endpoint);
        var scan = Guid.NewGuid();
        await host.Scanned(tenant, scan, Guid.NewGuid(), 0, 3);
        await Final();

        await using (await Open(where))
        {
            // These were final before it began, and nobody had the endpoint's lease to send them.
            await host.Sql("update webhook_senders set lease_until = now() where endpoint_id = $1", endpoint);
            await WebhookHost.Arrived(strict, 3);

            // Those that come now may be overtaken by one that it writes. Whoever does not mind is told of them; a strict endpoint
            // is not, though its sender has looked many times before all of them have come elsewhere, one after the other.
            for (var version = 3; version < 6; version++)
            {
                await host.Scanned(tenant, scan, Guid.NewGuid(), version, 1);
                await WebhookHost.Arrived(free, version + 1);
            }

            Assert.Equal([1, 2, 3], strict.Received.Select(m => m.Version));
        }

        await WebhookHost.Arrived(strict, 6);
        Assert.Equal([1, 2, 3, 4, 5, 6], strict.Received.Select(m => m.Version));
    }

    /// <summary>Waits until nothing that is stored is held back.</summary>
    private Task Final()
    {
        var feed = host.Services.GetRequiredService<EventStore.EventFeed>();
        return Eventually.Holds(async () => (await feed.Watermark(CancellationToken.None)).Behind == 0, WebhookHost.Patience);
    }

    /// <summary>A transaction that writes, until it is disposed of.</summary>
    private async Task<NpgsqlConnection> Open(string where)
    {
        var address = new NpgsqlConnectionStringBuilder(host.Database.ConnectionString) { Pooling = false };
        if (where == "another database")
            address.Database = "postgres";
        var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand("begin; select pg_current_xact_id()", connection);
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
