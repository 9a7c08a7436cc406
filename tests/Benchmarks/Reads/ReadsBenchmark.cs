using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using QualityIngest.Client;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.Reads;

/// <summary>
/// Every list that can have a thousandth page, as it is and with the filters that are common, on its first page and on its
/// thousandth: how much longer an answer takes there. Rounds of the two are interleaved, and the median of their ratios counts;
/// a list that seems slow is measured once more, four times as long.
/// </summary>
internal sealed class ReadsBenchmark(int rows, int rounds, TimeSpan span, int clients)
{
    private const int Deep = 1_000;
    private const double Goal = 1.25;
    private const string AdminKey = "benchmark-admin-key-0123456789abcdef";

    /// <summary>Runs it and prints the figures.</summary>
    /// <param name="only">Only lists whose path has this in it; null: all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether every list keeps to the goal.</returns>
    public async Task<bool> Run(string? only, CancellationToken cancel)
    {
        await using var postgres = await TestPostgres.Start();
        var database = await TestDatabase.On(postgres);
        var clock = Stopwatch.StartNew();
        var script = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "tests", "Benchmarks", "Reads", "Rows.sql"), cancel);
        await Fill(database, script.Replace("$ROWS", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), cancel);
        Console.WriteLine($"{rows:N0} conversations, files, deliveries, call records and sales stored in {clock.Elapsed.TotalSeconds:0} s; {clients} clients, {rounds} rounds of {span.TotalSeconds:0} s, {Environment.ProcessorCount} cores");

        await using var api = await ApiProcess.Start(new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = database.ConnectionString,
            ["Admin__ApiKey"] = AdminKey,
            ["Ingest__Enabled"] = "false",
            ["Scheduling__Enabled"] = "false",
            ["Webhooks__Enabled"] = "false",
            ["RateLimits__KeyRate"] = "0",
        }, cancel);
        var admin = QualityIngestClient.Connect(api.Address, AdminKey);
        var key = (await admin.CreateApiKeyAsync(
            new() { Name = "Reads", Tenant = "reads-1", Scopes = ["connectors:read", "conversations:read", "webhooks:read"] }, cancellationToken: cancel)).Secret;

        Console.WriteLine("list                                                                         | page 1/s | page 1,000/s | ratio");
        var slow = 0;
        foreach (var list in Lists().Where(list => only is null || list.Path.Contains(only, StringComparison.Ordinal)))
        {
            var ratio = await Compare(api.Address, list.Path.StartsWith("v1/admin", StringComparison.Ordinal) ? AdminKey : key, list, cancel);
            slow += ratio > Goal ? 1 : 0;
        }
        Console.WriteLine(slow == 0 ? $"No list is slower on page {Deep:N0} than {Goal:0.00} times page 1." : $"{slow} lists are slower than {Goal:0.00} times page 1.");
        return slow == 0;
    }

    private async Task<double> Compare(Uri server, string key, PagedList list, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = server, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        Uri first = new(server, list.First), deep = new(server, await list.Page(client, Deep, cancel));
        var pairs = await Measure(first, deep, key, rounds, cancel);
        // What seems slow is looked at longer: a disturbed second of the machine is no fault of the list.
        if (Ratio(pairs) > Goal)
            pairs = await Measure(first, deep, key, 4 * rounds, cancel);
        var ratio = Ratio(pairs);
        Console.WriteLine($"{list.Path,-76} | {Median(pairs.Select(pair => pair.First)),8:0} | {Median(pairs.Select(pair => pair.Deep)),12:0} | {ratio,5:0.00}{(ratio > Goal ? " slow" : "")}");
        return ratio;
    }

    private async Task<List<(double First, double Deep)>> Measure(Uri first, Uri deep, string key, int rounds, CancellationToken cancel)
    {
        var pairs = new List<(double, double)>();
        for (var round = 0; round <= rounds; round++)
        {
            var pair = (await Wrk.Rate(first, key, clients, span, cancel), await Wrk.Rate(deep, key, clients, span, cancel));
            if (round > 0) // the first one warms up
                pairs.Add(pair);
        }
        return pairs;
    }

    private static double Ratio(List<(double First, double Deep)> pairs) => Median(pairs.Select(pair => pair.First / pair.Deep));

    private static IEnumerable<PagedList> Lists()
    {
        string connector = Id("connector1-0"), from = DateTime.UtcNow.AddDays(-200).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string[] filters(string path, params string[] queries) => ["v1/" + path, .. queries.Select(query => $"v1/{path}?{query}")];
        return ((string[])
        [
            .. filters("conversations", "status=completed", "status=failed", "channel=chat", $"connectorId={connector}", $"queueId={Id("queue1-0")}", $"agentId={Id("agent1-0")}",
                $"fileId={Id("file1-1")}", "externalAgentId=a-0", "isResolved=true", "csatMin=3", $"from={from}", $"status=completed&channel=voice&from={from}"),
            .. filters("files", "status=ingested", $"connectorId={connector}", "removed=false", $"connectorId={connector}&status=ingested"),
            $"v1/files/{Id("file1-1")}/rejections",
            .. filters("webhooks/deliveries", "state=delivered", $"endpointId={Id("endpoint1-0")}", "eventType=conversation.completed", $"from={from}"),
            .. filters("call-records", $"connectorId={connector}", "customerId=k-0", "queue=q-0", "disposition=d-0", "transferred=true", $"from={from}"),
            .. filters("sales", $"connectorId={connector}", "customerId=k-0", "productId=p-0", "attribution=customer", $"from={from}"),
            .. filters("batches", "status=imported", $"connectorId={connector}", "feed=reads", "kind=call_center_issues"),
            "v1/queues", "v1/agents", "v1/connectors", $"v1/connectors/{connector}/scans", "v1/admin/audit?tenant=reads-1", "v1/admin/tenants",
            .. filters("admin/keys", "tenant=reads-1"), .. filters("admin/work-items", "tenant=reads-1", "kind=file"), "v1/admin/tenants/reads-1/erasures",
        ]).Select(path => new PagedList(path));
    }

    // The statements commit one by one: a vacuum among them takes no transaction.
    private static async Task Fill(TestDatabase database, string script, CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        foreach (var statement in script.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new Npgsql.NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    // The same as md5(…)::uuid in PostgreSQL.
#pragma warning disable CA5351 // it hides nothing
    private static string Id(string name) => new Guid(MD5.HashData(Encoding.UTF8.GetBytes(name)), bigEndian: true).ToString();
#pragma warning restore CA5351
}
