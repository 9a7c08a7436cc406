using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Every list with every order, filter and relation reaches its rows by an index, as the request role among several tenants' rows.</summary>
[Collection(nameof(GraphQLHost))]
public sealed partial class PlanTests(GraphQLHost host)
{
    private const string Tenant = "plan-1";

    [SkippableFact]
    public async Task No_list_filter_or_order_scans_a_table_from_end_to_end()
    {
        var engine = host.Services.GetRequiredService<GraphQLEngine>();
        var documents = Documents.Pages(engine.Catalogue.Schema).ToList();
        Assert.True(documents.Count > 400, $"Only {documents.Count} documents follow from the schema.");

        var scans = new List<string>();
        await using var session = await host.Database.Postgres.Reading(Tenant, default);
        foreach (var (name, document) in documents)
        {
            var plan = await Plan(session.Transaction, engine, document);
            scans.AddRange(Scan().Matches(plan).Select(scan => $"{name}: {scan.Value}"));
        }

        Assert.Empty(scans);
    }

    [SkippableFact]
    public async Task A_later_page_starts_where_its_cursor_says()
    {
        var engine = host.Services.GetRequiredService<GraphQLEngine>();
        using var client = await host.Of(Tenant);
        await using var session = await host.Database.Postgres.Reading(Tenant, default);
        var scans = new List<string>();
        foreach (var list in Documents.Lists(engine.Catalogue.Schema))
        {
            var page = (await GraphQLHost.Data(client, $"{{ {list.Name}(first: 5) {{ pageInfo {{ startCursor endCursor }} }} }}")).GetProperty(list.Name).GetProperty("pageInfo");
            foreach (var place in new[] { $"first: 5, after: {page.GetProperty("endCursor")}", $"last: 5, before: {page.GetProperty("endCursor")}" })
            {
                var quoted = Regex.Replace(place, "(after|before): (.+)$", "$1: \"$2\"");
                var plan = await Plan(session.Transaction, engine, $"{{ {list.Name}({quoted}) {{ nodes {{ id }} }} }}");
                scans.AddRange(Scan().Matches(plan).Select(scan => $"{list.Name}({place}): {scan.Value}"));
            }
        }

        Assert.Empty(scans);
    }

    private static async Task<string> Plan(NpgsqlTransaction transaction, GraphQLEngine engine, string document)
    {
        var prepared = engine.Prepare(new GraphQLRequest(document));
        Assert.True(prepared.Succeeded, $"{document}: {string.Join(", ", prepared.Errors.Select(e => e.Message))}");
        await using var command = new NpgsqlCommand($"explain (costs off) {prepared.Query.Sql}", transaction.Connection, transaction);
        foreach (var value in prepared.Query.Values)
            command.Parameters.Add(new() { NpgsqlDbType = value.Type, Value = value.Value ?? DBNull.Value });
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    [GeneratedRegex("Seq Scan on [a-z_]+")]
    private static partial Regex Scan();
}
