using System.Text.Json;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

/// <summary>
/// What the statements cost for a tenant that came after the last analyze, beside a big one that came before: the planner
/// then expects one row of it.
/// </summary>
public sealed class PlanTests(TestDatabase database) : StoreTests(database)
{
    private const int Streams = 20_000, Wanted = 100, PagesEach = 25;

    [SkippableTheory]
    [InlineData(false, Wanted)]
    [InlineData(true, Wanted)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    public async Task A_stream_costs_a_few_pages_however_many_its_tenant_has(bool request, int count)
    {
        var ids = await Fill();
        var moves = ids.Take(count).Select(id => new StreamMove(id, "case", 2, 3)).ToArray();
        ids = [.. moves.Select(m => m.Id)];
        await using var writer = await Begin();
        if (request)
        {
            await writer.Execute("select set_config('qi.tenant', 'new', true)");
            await writer.Execute("set local role qi_request");
        }

        Assert.InRange(await Pages(writer, StreamRows.Lock("new", ids)), 1, PagesEach * count);
        Assert.InRange(await Pages(writer, EventRows.Select("new", ids)), 1, PagesEach * count);
        // A request moves single streams.
        if (!request || count == 1)
            Assert.InRange(await Pages(writer, StreamRows.Advance("new", moves)), 1, PagesEach * count);
    }

    [SkippableFact]
    public async Task A_tenants_page_of_the_feed_costs_its_own_events()
    {
        await Fill();
        await using var writer = await Begin();
        var command = new NpgsqlBatchCommand(EventFeed.PageOf("new"))
        {
            Parameters = { Parameter.Bigint(0), Parameter.Bigint(long.MaxValue), Parameter.Bigint(100), Parameter.Text("new") },
        };
        Assert.InRange(await Pages(writer, command), 1, PagesEach * 100);
    }

    private async Task<Guid[]> Fill()
    {
        if (await Scalar<bool>("select not exists (select from events.mt_streams where tenant_id = 'old')"))
        {
            await using var filler = await Begin();
            await Add(filler, "old");
            await filler.Execute("analyze events.mt_streams, events.mt_events");
            await Add(filler, "new");
            await filler.Commit();
        }
        return await Scalar<Guid[]>("select array(select id from events.mt_streams where tenant_id = 'new' limit $1)", Wanted);
    }

    private static async Task Add(Writer filler, string tenant)
    {
        await filler.Execute(
            "insert into events.mt_streams (tenant_id, id, type, version) select $1, gen_random_uuid(), 'case', 2 from generate_series(1, $2)",
            tenant,
            Streams);
        await filler.Execute(
            """
            insert into events.mt_events (tenant_id, stream_id, version, id, type, data)
            select tenant_id, id, v, gen_random_uuid(), 'case_noted', '{"number": 1}'
            from events.mt_streams, generate_series(1, 2) v where tenant_id = $1
            """,
            tenant);
    }

    private static async Task<long> Pages(Writer writer, NpgsqlBatchCommand statement)
    {
        await using var command = new NpgsqlCommand(
            "explain (analyze, buffers, format json) " + statement.CommandText, writer.Transaction.Connection, writer.Transaction);
        foreach (var parameter in statement.Parameters)
            command.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }
}
