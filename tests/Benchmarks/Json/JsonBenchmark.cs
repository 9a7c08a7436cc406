using System.Diagnostics;
using Npgsql;
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
    /// <summary>Runs it and prints the figures; throws where the two have not left the same.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var bytes = ChatLog.Lines(conversations);
        var s3 = await S3Server.Shared();
        var bucket = await s3.NewBucket();
        await s3.Put(bucket, "chats/day.jsonl", bytes);

        await using var postgres = await TestPostgres.Start();
        var (database, rivals) = (await TestDatabase.On(postgres), await TestDatabase.On(postgres));
        using var script = await PsqlScript.On("Json", rivals.ConnectionString, [bytes], [("agents", ChatLog.Agents)], cancel);
        await using var api = await BenchmarkedApi.Start(database, cancel);

        Console.WriteLine($"{conversations:N0} conversations of {ChatLog.Messages} messages, {bytes.Length / 1_048_576.0:0.0} MiB, {Environment.ProcessorCount} cores");
        Console.WriteLine("round |      psql  CPU s: PostgreSQL |       API  ratio  CPU s: API  PostgreSQL | API peak MiB");
        for (var round = 0; round <= rounds; round++)
        {
            var tenant = $"bench-{Guid.NewGuid():n}";
            await script.Prepare(tenant, cancel);
            var rivalCpu = ProcessTime.OfTree(api.Postmaster);
            var rival = await script.Load(tenant, cancel);
            rivalCpu = ProcessTime.OfTree(api.Postmaster) - rivalCpu;

            var client = await Arrange(api, s3, bucket, tenant, cancel);
            var (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id), ProcessTime.OfTree(api.Postmaster));
            var took = await Ingest(client, database.Source, tenant, cancel);
            apiCpu = ProcessTime.Of(api.Id) - apiCpu;
            sqlCpu = ProcessTime.OfTree(api.Postmaster) - sqlCpu;
            Console.WriteLine(
                $"{(round == 0 ? "warm" : round),5} | {rival.TotalSeconds,7:0.00} s {rivalCpu,18:0.00} | {took.TotalSeconds,7:0.00} s {took / rival,6:0.00}"
                + $" {apiCpu,11:0.00} {sqlCpu,11:0.00} | {ProcessTime.PeakMebibytes(api.Id),12:0}");
            await Checksums.RequireEqual("Json", database.Source, rivals.Source, tenant, cancel);
        }

        Console.WriteLine("Both left the same rows, round by round.");
    }

    /// <summary>A new tenant whose connector reads the bucket.</summary>
    private static async Task<(QualityIngestClient Client, Guid Connector)> Arrange(
        BenchmarkedApi api, S3Server s3, string bucket, string tenant, CancellationToken cancel)
    {
        var client = await api.NewTenant(tenant, cancel);
        for (var agent = 0; agent < ChatLog.Agents; agent++)
            await client.CreateAgentAsync(new() { Name = $"Agent {agent}", ExternalId = $"agent-{agent:000}" }, cancellationToken: cancel);
        var connector = await client.CreateConnectorAsync(BenchmarkedApi.Connector("conversation-json", s3, bucket, "chats/"), cancellationToken: cancel);
        return (client, connector.Id);
    }

    private async Task<TimeSpan> Ingest(
        (QualityIngestClient Client, Guid Connector) arranged, NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await arranged.Client.StartScanAsync(arranged.Connector, cancellationToken: cancel);
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
}
