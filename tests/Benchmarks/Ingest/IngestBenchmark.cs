using System.Diagnostics;
using Npgsql;
using QualityIngest.Client;
using QualityIngest.Samples;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Benchmarks.Ingest;

/// <summary>
/// A CSV of 10,000 rows with 10,000 chat objects, from the start of the scan to the last completed conversation, beside a bare
/// loop that gets and parses the same objects. Rounds are interleaved; every round of the API is a new tenant on the same bucket.
/// </summary>
public sealed class IngestBenchmark(int rows, int rounds)
{
    private const int Parallelism = 16;

    /// <summary>Runs it on a server in memory and an API process of its own, and prints the figures.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var s3 = await S3Server.Shared();
        var bucket = await s3.NewBucket();
        var keys = await Upload(s3, bucket, cancel);

        await using var postgres = await TestPostgres.Start();
        var database = await TestDatabase.On(postgres);
        await using var api = await BenchmarkedApi.Start(database, cancel);

        Console.WriteLine($"{rows:N0} chats, {Parallelism} fetches at a time, {Environment.ProcessorCount} cores");
        Console.WriteLine("round |  bare loop |       API   conversations/s   CPU ms/conversation: API  PostgreSQL | API peak MiB");
        using var rival = s3.Client();
        for (var round = 0; round <= rounds; round++)
        {
            var bare = Stopwatch.StartNew();
            await BareLoop.Run(rival, bucket, keys, Parallelism, cancel);
            bare.Stop();

            var (apiCpu, sqlCpu) = (ProcessTime.Of(api.Id), ProcessTime.OfTree(api.Postmaster));
            var took = await Ingest(api, s3, bucket, database.Source, cancel);
            apiCpu = ProcessTime.Of(api.Id) - apiCpu;
            sqlCpu = ProcessTime.OfTree(api.Postmaster) - sqlCpu;
            Console.WriteLine(
                $"{(round == 0 ? "warm" : round),5} | {bare.Elapsed.TotalSeconds,8:0.00} s | {took.TotalSeconds,7:0.00} s {rows / took.TotalSeconds,17:0}"
                + $" {apiCpu * 1000 / rows,28:0.00} {sqlCpu * 1000 / rows,11:0.00} | {ProcessTime.PeakMebibytes(api.Id),12:0}");
        }
    }

    private async Task<List<string>> Upload(S3Server s3, string bucket, CancellationToken cancel)
    {
        var keys = new List<string>(rows);
        await Parallel.ForEachAsync(
            SampleBucket.Stream(7, rows), new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
            async (sample, _) =>
            {
                await s3.Put(bucket, sample.Key, sample.Bytes);
                if (sample.Key.EndsWith(".json", StringComparison.Ordinal))
                {
                    lock (keys)
                        keys.Add(sample.Key);
                }
            });
        return keys;
    }

    /// <summary>One whole ingestion under a new tenant: from the start of the scan until every conversation is completed.</summary>
    private async Task<TimeSpan> Ingest(BenchmarkedApi api, S3Server s3, string bucket, NpgsqlDataSource database, CancellationToken cancel)
    {
        var tenant = $"bench-{Guid.NewGuid():n}";
        var client = await api.NewTenant(tenant, cancel);
        foreach (var agent in SampleBucket.Agents)
            await client.CreateAgentAsync(new() { Name = agent.Name, Email = agent.Email }, cancellationToken: cancel);
        var connector = await client.CreateConnectorAsync(BenchmarkedApi.Connector("quality-csv", s3, bucket, SampleBucket.Prefix), cancellationToken: cancel);
        var mappings = new List<QueueMapping>();
        foreach (var queue in SampleBucket.Queues)
            mappings.Add(new() { ExternalId = queue.ExternalId, QueueId = (await client.CreateQueueAsync(new() { Name = queue.Name }, cancellationToken: cancel)).Id });
        await client.ReplaceQueueMappingsAsync(connector.Id, $"\"{connector.Version}\"", new() { Mappings = mappings }, cancel);

        var clock = Stopwatch.StartNew();
        await client.StartScanAsync(connector.Id, cancellationToken: cancel);
        while (await Completed(database, tenant, cancel) < rows)
            await Task.Delay(50, cancel);
        return clock.Elapsed;
    }

    private static async Task<long> Completed(NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select count(*) from qi.conversations where tenant_id = $1 and status = 'completed'");
        command.Parameters.AddWithValue(tenant);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
