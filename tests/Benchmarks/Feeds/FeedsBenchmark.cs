using System.Diagnostics;
using Npgsql;
using QualityIngest.Client;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Benchmarks.Feeds;

/// <summary>
/// One sealed batch of 1,000,000 messages of 50,000 conversations, shuffled over four CSV files, from the start of the scan
/// until every conversation is complete, beside a psql script that leaves the same rows in the same tables from the same files
/// on disk. Rounds are interleaved; every round of either is a new tenant in a database of its own, on one server.
/// </summary>
public sealed class FeedsBenchmark(int conversations, int rounds)
{
    private const string Directory = $"feeds/historical_transcripts/version=1/format=csv/dt={MessageLog.Day}/";

    /// <summary>Runs it and prints the figures; throws where the two have not left the same.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var files = MessageLog.Of(conversations);
        var s3 = await S3Server.Shared();
        var bucket = await s3.NewBucket();
        for (var i = 0; i < files.Count; i++)
            await s3.Put(bucket, $"{Directory}part-{i}.csv", files[i]);
        await s3.Put(bucket, $"{Directory}_SUCCESS", "");

        await using var postgres = await TestPostgres.Start();
        var (database, rivals) = (await TestDatabase.On(postgres), await TestDatabase.On(postgres));
        using var script = await PsqlScript.On("Feeds", rivals.ConnectionString, files, [], cancel);
        await using var api = await BenchmarkedApi.Start(database, cancel);

        Console.WriteLine(
            $"{conversations * MessageLog.Messages:N0} messages of {conversations:N0} conversations in {files.Count} files, "
            + $"{files.Sum(file => (long)file.Length) / 1_048_576.0:0.0} MiB, {Environment.ProcessorCount} cores");
        Console.WriteLine("round |      psql  CPU s: PostgreSQL |       API  ratio  CPU s: API  PostgreSQL | API peak MiB");
        for (var round = 0; round <= rounds; round++)
        {
            var tenant = $"bench-{Guid.NewGuid():n}";
            await script.Prepare(tenant, cancel);
            var rivalCpu = ProcessTime.OfTree(api.Postmaster);
            var rival = await script.Load(tenant, cancel);
            rivalCpu = ProcessTime.OfTree(api.Postmaster) - rivalCpu;

            var client = await api.NewTenant(tenant, cancel);
            // Both derive the same ids.
            var input = BenchmarkedApi.Connector("feeds", s3, bucket, "feeds/") with { Namespace = tenant };
            var connector = await client.CreateConnectorAsync(input, cancellationToken: cancel);
            var (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id), ProcessTime.OfTree(api.Postmaster));
            var took = await Import(client, connector.Id, database.Source, tenant, cancel);
            apiCpu = ProcessTime.Of(api.Id) - apiCpu;
            sqlCpu = ProcessTime.OfTree(api.Postmaster) - sqlCpu;
            Console.WriteLine(
                $"{(round == 0 ? "warm" : round),5} | {rival.TotalSeconds,7:0.00} s {rivalCpu,18:0.00} | {took.TotalSeconds,7:0.00} s {took / rival,6:0.00}"
                + $" {apiCpu,11:0.00} {sqlCpu,11:0.00} | {ProcessTime.PeakMebibytes(api.Id),12:0}");
            await Checksums.RequireEqual("Feeds", database.Source, rivals.Source, tenant, cancel);
        }

        Console.WriteLine("Both left the same rows, round by round.");
    }

    private static async Task<TimeSpan> Import(
        QualityIngestClient client, Guid connector, NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await client.StartScanAsync(connector, cancellationToken: cancel);
        while (await Imported(database, tenant, cancel) is not "imported")
            await Task.Delay(20, cancel);
        return clock.Elapsed;
    }

    /// <summary>Where the tenant's batch stands: imported is what every conversation of it is complete behind.</summary>
    private static async Task<string?> Imported(NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select status from qi.batches where tenant_id = $1");
        command.Parameters.AddWithValue(tenant);
        var status = (string?)await command.ExecuteScalarAsync(cancel);
        return status == "failed" ? throw new InvalidOperationException("The batch failed.") : status;
    }
}
