using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Whatever is asked, each tenant sees its own rows alone.</summary>
[Collection(nameof(GraphQLHost))]
public sealed class TenancyTests(GraphQLHost host)
{
    [SkippableFact]
    public async Task Lists_of_two_tenants_have_nothing_in_common_and_none_finds_the_others_by_id()
    {
        using var pair = new Pair(await host.Of("plan-1"), await host.Of("plan-2"));
        var (one, two) = pair;
        foreach (var list in Documents.Lists(host.Services.GetRequiredService<GraphQLEngine>().Catalogue.Schema))
        {
            var (mine, theirs) = (await Ids(one, list.Name), await Ids(two, list.Name));

            Assert.True(mine.Count > 0, $"There are no {list.Name}.");
            Assert.Empty(mine.Intersect(theirs));
            foreach (var id in theirs.Take(3))
            {
                Assert.Equal(JsonValueKind.Null, (await GraphQLHost.Data(one, "query($id: ID!) { node(id: $id) { __typename } }", new { id })).GetProperty("node").ValueKind);
                Assert.Equal(0, (await GraphQLHost.Data(
                    one, $"query($id: ID!) {{ {list.Name}(filter: {{ id: {{ eq: $id }} }}) {{ totalCount }} }}", new { id })).GetProperty(list.Name).GetProperty("totalCount").GetInt64());
            }

            var found = await GraphQLHost.Data(one, "query($id: ID!) { node(id: $id) { id } }", new { id = mine.First() });
            Assert.Equal(mine.First(), found.GetProperty("node").GetProperty("id").GetString());
        }
    }

    [SkippableFact]
    public async Task All_that_a_request_may_read_is_under_row_level_security()
    {
        await using var session = await host.Database.Postgres.Reading("plan-1", default);

        Assert.Equal("", await session.Scalar<string>(new Statement("""
            select coalesce(string_agg(c.oid::regclass::text, ', '), '')
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema')
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select')
              and not c.relrowsecurity and not (c.relkind = 'v' and 'security_invoker=true' = any (c.reloptions))
            """), default));
        Assert.Equal("search_attributes(text), search_transcripts(text)", await session.Scalar<string>(new Statement("""
            select string_agg(p.oid::regprocedure::text, ', ' order by p.proname)
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace and n.nspname not in ('pg_catalog', 'information_schema')
            where p.prosecdef and not has_function_privilege('public', p.oid, 'execute') and p.proconfig = array['search_path=qi, pg_catalog, pg_temp']
            """), default));
        Assert.Equal(2, await session.Scalar<long>(new Statement("select count(*) from pg_proc where prosecdef"), default));
    }

    [SkippableFact]
    public async Task Figures_count_the_tenants_own_rows()
    {
        using var client = await host.Of("plan-3");
        var stats = (await GraphQLHost.Data(client, "{ conversationStats { count } fileStats { count } }"));
        Assert.Equal(5_000, stats.GetProperty("conversationStats")[0].GetProperty("count").GetInt64());
        Assert.Equal(5_000, stats.GetProperty("fileStats")[0].GetProperty("count").GetInt64());
    }

    [SkippableFact]
    public async Task What_was_said_is_found_by_those_who_said_it()
    {
        using var client = await host.Of("plan-2");
        var own = await GraphQLHost.Data(client, """{ conversations(filter: { search: "refund \"never came\" c-17 -invoice", attribute: "user_data.plan=GOLD" }) { nodes { externalId messages(contains: "plan-2") { nodes { text } } } } }""");
        var node = Assert.Single(own.GetProperty("conversations").GetProperty("nodes").EnumerateArray());
        Assert.Equal("c-17", node.GetProperty("externalId").GetString());
        Assert.Equal("My refund of c-17 never came, plan-2", Assert.Single(node.GetProperty("messages").GetProperty("nodes").EnumerateArray()).GetProperty("text").GetString());

        var other = await GraphQLHost.Data(client, """{ conversations(filter: { search: "plan-1" }) { totalCount } }""");
        Assert.Equal(0, other.GetProperty("conversations").GetProperty("totalCount").GetInt64());
    }

    private static async Task<HashSet<string>> Ids(HttpClient client, string list)
    {
        var data = await GraphQLHost.Data(client, $"{{ {list}(first: 100) {{ nodes {{ id }} }} }}");
        return [.. data.GetProperty(list).GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)];
    }

    private sealed record Pair(HttpClient One, HttpClient Two) : IDisposable
    {
        public void Dispose()
        {
            One.Dispose();
            Two.Dispose();
        }
    }
}
