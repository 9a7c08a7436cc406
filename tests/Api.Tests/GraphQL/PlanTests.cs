using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.GraphQL.Execution;

namespace QualityIngest.Api.Tests.GraphQL;

/// <summary>Every list with every order, filter and relation reaches its rows by an index, as the request role among several tenants' rows.</summary>
[Collection(nameof(GraphQLHost))]
public sealed class PlanTests(GraphQLHost host)
{
    private const string Tenant = "plan-1";

    [SkippableFact]
    public async Task No_list_or_order_scans_a_table_from_end_to_end()
    {
        var engine = host.Services.GetRequiredService<GraphQLEngine>();
        await using var session = await host.Database.Postgres.Reading(Tenant, default);

        Assert.Empty(await Faults(session, engine, Documents.Lists(engine.Catalogue.Schema).SelectMany(Documents.Orders)));
    }

    // Of a few hundred rows, or for what few rows have, reading all of a small table is the better plan. What counts is whether an
    // index narrows what has to be read: with reading all of it out of the question, nothing is left that reads all of it.
    [SkippableFact]
    public async Task Every_list_filter_order_and_relation_is_narrowed_by_an_index()
    {
        var engine = host.Services.GetRequiredService<GraphQLEngine>();
        var documents = Documents.Pages(engine.Catalogue.Schema).ToList();
        Assert.True(documents.Count > 400, $"Only {documents.Count} documents follow from the schema.");
        await using var session = await host.Database.Postgres.Reading(Tenant, default);
        await session.Execute(new Statement("set local enable_seqscan = off"), default);

        Assert.Empty(await Faults(session, engine, documents));
    }

    [SkippableFact]
    public async Task A_later_page_starts_where_its_cursor_says()
    {
        var engine = host.Services.GetRequiredService<GraphQLEngine>();
        using var client = await host.Of(Tenant);
        var documents = new List<(string, string)>();
        foreach (var list in Documents.Lists(engine.Catalogue.Schema))
        {
            var data = await GraphQLHost.Data(client, $"{{ {list.Name}(first: 5) {{ pageInfo {{ endCursor }} }} }}");
            var cursor = data.GetProperty(list.Name).GetProperty("pageInfo").GetProperty("endCursor").GetString();
            documents.Add((list.Name, $"{{ {list.Name}(first: 5, after: \"{cursor}\") {{ nodes {{ id }} }} }}"));
            documents.Add((list.Name, $"{{ {list.Name}(last: 5, before: \"{cursor}\") {{ nodes {{ id }} }} }}"));
        }

        await using var session = await host.Database.Postgres.Reading(Tenant, default);
        await session.Execute(new Statement("set local enable_seqscan = off"), default);
        Assert.Empty(await Faults(session, engine, documents));
    }

    private static async Task<string> Faults(TenantSession session, GraphQLEngine engine, IEnumerable<(string Name, string Document)> documents)
    {
        var faults = new List<string>();
        foreach (var (name, document) in documents)
            faults.AddRange(Unnarrowed(await Plan(session.Transaction, engine, document)).Select(scan => $"{name}: {scan}"));
        return string.Join('\n', faults);
    }

    private static async Task<JsonElement> Plan(NpgsqlTransaction transaction, GraphQLEngine engine, string document)
    {
        var prepared = engine.Prepare(new GraphQLRequest(document));
        Assert.True(prepared.Succeeded, $"{document}: {string.Join(", ", prepared.Errors.Select(e => e.Message))}");
        await using var command = new NpgsqlCommand($"explain (costs off, format json) {prepared.Query.Sql}", transaction.Connection, transaction);
        foreach (var value in prepared.Query.Values)
            command.Parameters.Add(new() { NpgsqlDbType = value.Type, Value = value.Value ?? DBNull.Value });
        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!).RootElement;
    }

    /// <summary>The parts of a plan that read a table, or an index, from end to end.</summary>
    private static IEnumerable<string> Unnarrowed(JsonElement plan)
    {
        if (plan.ValueKind == JsonValueKind.Array)
            return plan.EnumerateArray().SelectMany(Unnarrowed);
        if (plan.ValueKind != JsonValueKind.Object)
            return [];
        var parts = plan.EnumerateObject().SelectMany(member => Unnarrowed(member.Value));
        return plan.TryGetProperty("Node Type", out var type) && type.GetString() is { } node
            && (node == "Seq Scan" || (node is "Index Scan" or "Index Only Scan" or "Bitmap Index Scan" && !plan.TryGetProperty("Index Cond", out _)))
            ? parts.Append($"{node} {Name("Relation Name")} {Name("Index Name")}")
            : parts;

        string Name(string member) => plan.TryGetProperty(member, out var name) ? name.GetString()! : "";
    }
}
