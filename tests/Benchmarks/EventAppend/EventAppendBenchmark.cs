using System.Diagnostics;
using System.Globalization;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.EventAppend;

/// <summary>
/// How close a bulk append comes to bare COPY: 100,000 new streams with one event and with three, in batches of 1,000 streams,
/// committed at the end and after each batch. Both leave the same rows, which is checked. Rounds alternate who goes first, and each starts from empty tables and a checkpoint.
/// The ratio is COPY's median over the append's: 1 is as fast, and the goal is 0.5.
/// </summary>
public static class EventAppendBenchmark
{
    private const int Streams = 100_000, BatchSize = 1_000, Rounds = 3;
    private const string Tenant = AppendWorkload.Tenant;

    /// <summary>Runs a workload on the server of TEST_POSTGRES, or on one of its own, and prints the medians.</summary>
    public static async Task Run(AppendWorkload workload, CancellationToken cancel)
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        try
        {
            if (workload.Prepare.Length > 0)
                await Execute(database.Source, workload.Prepare, cancel);
            var empty = "truncate " + string.Join(", ", ["events.mt_streams", "events.mt_events", .. workload.ProjectedTables]) + " restart identity";
            Console.WriteLine($"Bulk append, {workload.Name}: {Streams:N0} new streams in batches of {BatchSize:N0}, median of {Rounds} rounds");
            Console.WriteLine($"PostgreSQL {await Settings(database.Source, cancel)}");
            Console.WriteLine("events  JSON   commit     |    COPY   append   ratio |  append events/s");
            foreach (var events in (int[])[1, 3])
            {
                var batches = Enumerable.Range(0, Streams).Select(n => workload.Make(n, events)).Chunk(BatchSize).ToArray();
                var copy = new BareCopy(workload.Registry, Tenant, batches);
                var append = new StoreAppend(new EventStore.EventStore(workload.Registry, workload.Projections), Tenant, batches);
                foreach (var eachBatch in (bool[])[false, true])
                {
                    var (copied, appended) = await Compare(database.Source, empty, copy, append, eachBatch, cancel);
                    Print(events, copy.AverageJson, eachBatch ? "each batch" : "at the end", copied, appended);
                }
            }
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    private static async Task<(TimeSpan Copy, TimeSpan Append)> Compare(
        NpgsqlDataSource source, string empty, BareCopy copy, StoreAppend append, bool commitEachBatch, CancellationToken cancel)
    {
        List<TimeSpan> copied = [], appended = [];
        HashSet<string> left = [];
        for (var round = 0; round <= Rounds; round++)
        {
            // Round 0 warms up both and counts for none.
            IContestant[] order = round % 2 == 0 ? [append, copy] : [copy, append];
            foreach (var contestant in order)
            {
                await Execute(source, empty, cancel);
                await Execute(source, "checkpoint", cancel);
                var took = await Time(source, contestant, commitEachBatch, cancel);
                left.Add(await Left(source, cancel));
                if (round > 0)
                    (contestant == copy ? copied : appended).Add(took);
            }
        }
        return left.Count == 1
            ? (Median(copied), Median(appended))
            : throw new InvalidOperationException($"The two did not leave the same: {string.Join(" / ", left)}");
    }

    private static async Task<TimeSpan> Time(NpgsqlDataSource source, IContestant contestant, bool commitEachBatch, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        GC.Collect();

        var clock = Stopwatch.StartNew();
        var transaction = await connection.BeginTransactionAsync(cancel);
        for (var batch = 0; batch < contestant.Batches; batch++)
        {
            await contestant.Write(transaction, batch, cancel);
            if (!commitEachBatch || batch == contestant.Batches - 1)
                continue;
            await transaction.CommitAsync(cancel);
            transaction = await connection.BeginTransactionAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return clock.Elapsed;
    }

    private static void Print(int events, double json, string commit, TimeSpan copy, TimeSpan append) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{events,6} {json,5:F0}   {commit} | {copy.TotalSeconds,6:F2}s  {append.TotalSeconds,6:F2}s {copy / append,7:F2} | {Streams * events / append.TotalSeconds,16:N0}"));

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static Task<string> Settings(NpgsqlDataSource source, CancellationToken cancel) => Text(
        source,
        "select format('%s, fsync %s, synchronous_commit %s', current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'))",
        cancel);

    // Everything but what is drawn anew each time: event ids and times.
    private static Task<string> Left(NpgsqlDataSource source, CancellationToken cancel) => Text(
        source,
        """
        select format('%s streams %s, %s events %s', s.count, s.sum, e.count, e.sum)
        from (
            select count(*), sum(hashtextextended(concat_ws(' ', tenant_id, id, type, version), 0)) from events.mt_streams
        ) s, (
            select count(*), sum(hashtextextended(concat_ws(' ', tenant_id, seq_id, stream_id, version, type, data), 0)) from events.mt_events
        ) e
        """,
        cancel);

    private static async Task<string> Text(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task Execute(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
