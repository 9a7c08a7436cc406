using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Scans;
using QualityIngest.EventStore;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Webhooks.Nodes;

/// <summary>A host that answers requests and sends nothing: nodes of their own do, as processes that a test can kill.</summary>
public sealed class NodesHost : ApiHost
{
    /// <summary>Attempts that a node makes at a time to an endpoint.</summary>
    public const int Concurrency = 8;

    /// <summary>Attempts to an endpoint that run or wait to be recorded: what the end of a node may make another repeat.</summary>
    public const int Open = 4 * Concurrency;

    private const string NodeName = "a node of webhook tests";

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Outbound:Allow:0"] = "127.0.0.1",
        ["Secrets:Keys:0"] = _key,
        ["Ingest:Enabled"] = "false",
        ["Scheduling:Enabled"] = "false",
        ["Webhooks:Enabled"] = "false",
    };

    /// <summary>Starts a node of the same database that sends to so many endpoints at a time, so that two nodes have to share.</summary>
    public Task<ApiProcess> StartNode(int endpoints)
    {
        var settings = Settings.ToDictionary(s => s.Key, s => s.Value ?? "");
        settings["ConnectionStrings:Postgres"] = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { ApplicationName = NodeName }.ConnectionString;
        settings["Admin:ApiKey"] = AdminKey;
        settings["Database:MaxPoolSize"] = "20";
        settings["Webhooks:Enabled"] = "true";
        settings["Webhooks:Endpoints"] = $"{endpoints}";
        settings["Webhooks:Concurrency"] = $"{Concurrency}";
        settings["Webhooks:Timeout"] = "00:00:10";
        settings["Webhooks:Lease"] = "00:00:20";
        settings["Webhooks:Poll"] = "00:00:00.050";
        for (var retry = 0; retry < 50; retry++)
            settings[$"Webhooks:Retries:{retry}"] = retry < 3 ? "00:00:00.100" : retry < 10 ? "00:00:00.500" : "00:00:01";
        settings["Logging:LogLevel:Default"] = "Warning";
        return ApiProcess.Start(settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value));
    }

    /// <summary>Makes an endpoint of a subscriber that is told of everything.</summary>
    public static Task<WebhookEndpointWithSecret> Subscribe(TestTenant tenant, Subscriber subscriber) =>
        tenant.Client.CreateWebhookEndpointAsync(new() { Url = subscriber.Url });

    /// <summary>Stores events of many streams, several streams a transaction and several transactions at a time.</summary>
    public async Task Append(TestTenant tenant, int streams, int versions)
    {
        const int Writers = 4, Streams = 10, Events = 10;
        var scans = Enumerable.Range(0, streams).Select(_ => Guid.NewGuid()).ToList();
        var store = Services.GetRequiredService<EventStore.EventStore>();
        var connector = Guid.NewGuid();
        await Parallel.ForEachAsync(scans.Chunk(Streams), new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (chunk, cancel) =>
        {
            for (var version = 0; version < versions; version += Events)
            {
                object[] events = [.. Enumerable.Range(version + 1, Events).Select(v => new ScanCompleted(connector, v, 0, 0, 0))];
                await using var session = await Services.GetRequiredService<Postgres>().Pipeline(tenant.Id, cancel);
                await store.Append(session.Transaction, tenant.Id, [.. chunk.Select(s => new StreamAppend(s, "scan", version, events))], cancel);
                await session.Commit(cancel);
            }
        });
    }

    /// <summary>How many messages of a tenant are still to be sent or recorded.</summary>
    public async Task<long> Waiting(TestTenant tenant)
    {
        await using var count = Database.Source.CreateCommand("select count(*) from webhook_deliveries where tenant_id = $1 and state in ('pending', 'retrying')");
        count.Parameters.Add(new() { Value = tenant.Id });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    /// <summary>Cuts every connection of the nodes to the database, as a failover does. How many there were.</summary>
    public async Task<long> CutConnections()
    {
        await using var cut = Database.Source.CreateCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = $1");
        cut.Parameters.Add(new() { Value = NodeName });
        return (long)(await cut.ExecuteScalarAsync())!;
    }
}
