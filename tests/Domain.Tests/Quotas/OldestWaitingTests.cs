using System.Text.Json;
using QualityIngest.Database;
using QualityIngest.Domain.Quotas;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Quotas;

/// <summary>The choice of the file to charge next: made once a file, one after the other for each tenant.</summary>
public sealed class OldestWaitingTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_looks_at_few_files_and_charges_whether_or_not_the_tenant_has_statistics(bool known)
    {
        await using var session = await _database.Postgres.System(default);
        await Add(session, "old", charged: 2_000, waiting: 10);
        if (!known)
            await Analyze(session);
        await Add(session, "new", charged: 5_000, waiting: 3_000);
        if (known)
            await Analyze(session);

        var choice = Statement.File<DailyQuota>("Quotas/OldestWaiting.sql", "new", "conversation-json", 1_000_000L, Guid.Empty, 16);
        using var plan = JsonDocument.Parse((await session.Scalar<string>(choice with { Text = "explain (analyze, buffers, format json) " + choice.Text }, default))!);

        var root = plan.RootElement[0].GetProperty("Plan");
        Assert.Equal(16, root.GetProperty("Actual Rows").GetDouble());
        Assert.InRange(root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64(), 16, 1_000);
    }

    private static async Task Add(SystemSession session, string tenant, int charged, int waiting)
    {
        await session.Execute(new Statement("insert into tenants (id, name, external_id) values ($1, 'T', 'x')", tenant), default);
        await session.Execute(
            new Statement("insert into sources (id, tenant_id, endpoint, bucket, format) values (md5($1)::uuid, $1, '', 'b', 'conversation-json')", tenant), default);
        await session.Execute(
            new Statement(
                """
                insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
                values (md5($1)::uuid, $1, md5($1)::uuid, 'Chats', 'conversation-json', 'n', '{}')
                """,
                tenant),
            default);
        await session.Execute(
            new Statement(
                """
                insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
                select md5($1 || n)::uuid, $1, md5($1)::uuid, md5($1)::uuid, 'calls/' || n || '.json', 'e', 1000, now() + n * interval '1 s',
                       case when n <= $2 then 'ingested' else 'discovered' end, 1, now(), now()
                from generate_series(1, $2 + $3) n
                """,
                tenant, charged, waiting),
            default);
        await session.Execute(
            new Statement(
                """
                insert into quota_charges (tenant_id, file_id, etag, format, day, bytes, opened)
                select tenant_id, id, etag, 'conversation-json', utc_day(), size, true from files where tenant_id = $1 and status = 'ingested'
                """,
                tenant),
            default);
        await session.Execute(
            new Statement(
                """
                insert into work_items (tenant_id, kind, key, lane, payload)
                select tenant_id, 'file', replace(id::text, '-', '') || ':' || etag, connector_id, '{}' from files where tenant_id = $1 and status = 'discovered'
                """,
                tenant),
            default);
    }

    private static Task<int> Analyze(SystemSession session) =>
        session.Execute(new Statement("analyze files, quota_charges, work_items, sources, connectors"), default);
}
