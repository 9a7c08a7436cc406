using QualityIngest.Client;
using QualityIngest.Database;

namespace QualityIngest.Api.Tests.Queues;

public sealed class QueueTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task A_queue_is_created_read_renamed_and_deleted()
    {
        var client = (await host.NewTenant()).Client;

        var created = await client.CreateQueueAsync(new QueueInput { Name = "  Sales " });
        Assert.Equal(("Sales", 1L), (created.Name, created.Version));
        Assert.Equal(created, await client.GetQueueAsync(created.Id));

        var renamed = await client.ReplaceQueueAsync(created.Id, QualityIngestClient.ETag(1), new QueueInput { Name = "Verkauf" });
        Assert.Equal(("Verkauf", 2L), (renamed.Name, renamed.Version));

        await client.DeleteQueueAsync(created.Id, QualityIngestClient.ETag(2));
        await Answer.Refused(404, "not_found", () => client.GetQueueAsync(created.Id));
    }

    [SkippableFact]
    public async Task Two_queues_of_a_tenant_cannot_share_a_name_but_two_tenants_can()
    {
        var (one, other) = ((await host.NewTenant()).Client, (await host.NewTenant()).Client);
        await one.CreateQueueAsync(new QueueInput { Name = "Sales" });
        var second = await one.CreateQueueAsync(new QueueInput { Name = "Service" });

        await Answer.Refused(409, "queue_name_taken", () => one.CreateQueueAsync(new QueueInput { Name = "Sales" }));
        await Answer.Refused(409, "queue_name_taken", () => one.ReplaceQueueAsync(second.Id, "\"1\"", new QueueInput { Name = "Sales" }));
        await other.CreateQueueAsync(new QueueInput { Name = "Sales" });
    }

    [SkippableFact]
    public async Task Another_tenants_queue_is_not_found()
    {
        var (one, other) = ((await host.NewTenant()).Client, (await host.NewTenant()).Client);
        var queue = await one.CreateQueueAsync(new QueueInput { Name = "Sales" });

        await Answer.Refused(404, "not_found", () => other.GetQueueAsync(queue.Id));
        await Answer.Refused(404, "not_found", () => other.ReplaceQueueAsync(queue.Id, "\"1\"", new QueueInput { Name = "Mine" }));
        await Answer.Refused(404, "not_found", () => other.DeleteQueueAsync(queue.Id, "\"1\""));
        Assert.Empty((await other.ListQueuesAsync()).Items);
        Assert.Equal(queue, await one.GetQueueAsync(queue.Id));
    }

    [SkippableFact]
    public async Task A_queue_that_a_connector_maps_to_cannot_be_deleted()
    {
        var tenant = await host.NewTenant();
        var queue = await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Sales" });
        await MapTo(tenant.Id, queue.Id);

        await Answer.Refused(409, "queue_in_use", () => tenant.Client.DeleteQueueAsync(queue.Id, "\"1\""));
        Assert.Equal(queue, await tenant.Client.GetQueueAsync(queue.Id));
    }

    private async Task MapTo(string tenant, Guid queue)
    {
        var (source, connector) = (Guid.NewGuid(), Guid.NewGuid());
        await using var session = await host.Database.Postgres.Pipeline(tenant, CancellationToken.None);
        await session.ExecuteAll(
            [
                new Statement("insert into sources values ($1, $2, '', 'bucket', 'quality-csv')", source, tenant),
                new Statement(
                    """
                    insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
                    values ($1, $2, $3, 'Calls', 'quality-csv', '', '{}')
                    """,
                    connector, tenant, source),
                new Statement("insert into queue_mappings values ($1, $2, 'q1', $3)", tenant, connector, queue),
            ],
            CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
