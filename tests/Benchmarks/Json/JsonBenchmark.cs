using System.Diagnostics;
using System.Net.Http.Headers;
using Npgsql;
using QualityIngest.Benchmarks.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Benchmarks.Json;

/// <summary>
/// One JSONL of 25,000 conversations, some 50 MiB, from the start of the scan until the file is ingested and every conversation
/// complete, beside a psql script that leaves the same rows in the same tables from the same file on disk. Rounds are
/// interleaved; every round of either is a new tenant in a database of its own, on one server.
/// </summary>
public sealed class JsonBenchmark(int conversations, int rounds)
{
    private const string AdminKey = "benchmark-admin-key-0123456789abcdef";

    /// <summary>Runs it and prints the figures; throws where the two have not left the same.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var bytes = ChatLog.Lines(conversations);
        var s3 = await S3Server.Shared();
        var bucket = await s3.NewBucket();
        await s3.Put(bucket, "chats/day.jsonl", bytes);

        await using var postgres = await TestPostgres.Start();
        var (database, rivals) = (await TestDatabase.On(postgres), await TestDatabase.On(postgres));
        using var script = await LoadScript.On(rivals.ConnectionString, bytes, cancel);
        await using var api = await ApiProcess.Start(new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = database.ConnectionString,
            ["Admin__ApiKey"] = AdminKey,
            ["Outbound__Allow__0"] = "127.0.0.1",
        }, cancel);
        var postmaster = await Postmaster(database.Source, cancel);

        Console.WriteLine($"{conversations:N0} conversations of {ChatLog.Messages} messages, {bytes.Length / 1_048_576.0:0.0} MiB, {Environment.ProcessorCount} cores");
        Console.WriteLine("round |      psql  CPU s: PostgreSQL |       API  ratio  CPU s: API  PostgreSQL | API peak MiB");
        for (var round = 0; round <= rounds; round++)
        {
            var tenant = $"bench-{Guid.NewGuid():n}";
            await script.Prepare(tenant, cancel);
            var rivalCpu = ProcessTime.OfTree(postmaster);
            var rival = await script.Load(tenant, cancel);
            rivalCpu = ProcessTime.OfTree(postmaster) - rivalCpu;

            var client = await Arrange(api, s3, bucket, tenant, cancel);
            var (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id), ProcessTime.OfTree(postmaster));
            var took = await Ingest(client, database.Source, tenant, cancel);
            apiCpu = ProcessTime.Of(api.Id) - apiCpu;
            sqlCpu = ProcessTime.OfTree(postmaster) - sqlCpu;
            Console.WriteLine(
                $"{(round == 0 ? "warm" : round),5} | {rival.TotalSeconds,7:0.00} s {rivalCpu,18:0.00} | {took.TotalSeconds,7:0.00} s {took / rival,6:0.00}"
                + $" {apiCpu,11:0.00} {sqlCpu,11:0.00} | {ProcessTime.PeakMebibytes(api.Id),12:0}");
            await Checksums.RequireEqual(database.Source, rivals.Source, tenant, cancel);
        }

        Console.WriteLine("Both left the same rows, round by round.");
    }

    /// <summary>A new tenant whose connector reads the bucket.</summary>
    private static async Task<(QualityIngestClient Client, Guid Connector)> Arrange(
        ApiProcess api, S3Server s3, string bucket, string tenant, CancellationToken cancel)
    {
        var admin = Client(api, AdminKey);
        await admin.CreateTenantAsync(new() { Id = tenant, Name = "Benchmark" }, cancel);
        var key = await admin.CreateApiKeyAsync(
            new() { Name = "Benchmark", Tenant = tenant, Scopes = ["connectors:read", "connectors:write", "conversations:read"] }, cancel);
        var client = Client(api, key.Secret);
        for (var agent = 0; agent < ChatLog.Agents; agent++)
            await client.CreateAgentAsync(new() { Name = $"Agent {agent}", ExternalId = $"agent-{agent:000}" }, cancel);
        var connector = await client.CreateConnectorAsync(new()
        {
            Name = "Benchmark",
            Format = "conversation-json",
            Source = new()
            {
                Region = S3Server.Region,
                Endpoint = s3.Endpoint,
                Paths = new UnifiedPath { Path = $"s3://{bucket}/chats/" },
                Credentials = new AccessKeyCredentials { AccessKeyId = s3.AccessKey, SecretAccessKey = s3.SecretKey },
            },
        }, cancel);
        return (client, connector.Id);
    }

    private async Task<TimeSpan> Ingest(
        (QualityIngestClient Client, Guid Connector) arranged, NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await arranged.Client.StartScanAsync(arranged.Connector, cancel);
        while (await Ingested(database, tenant, cancel) < conversations)
            await Task.Delay(20, cancel);
        return clock.Elapsed;
    }

    /// <summary>The accepted rows of the tenant's ingested file: each is complete, since all of a batch is stored with its rows.</summary>
    private static async Task<long> Ingested(NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select coalesce(sum(accepted), 0)::bigint from qi.files where tenant_id = $1 and status = 'ingested'");
        command.Parameters.AddWithValue(tenant);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<int> Postmaster(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select pg_read_file('postmaster.pid')");
        return int.Parse(((string)(await command.ExecuteScalarAsync(cancel))!).Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static QualityIngestClient Client(ApiProcess api, string key) =>
        new(new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } });
}
