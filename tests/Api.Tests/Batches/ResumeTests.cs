using QualityIngest.Client;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Batches;

/// <summary>An import is stopped at every step in turn, and comes to what an uninterrupted one comes to.</summary>
public sealed class ResumeTests(InterruptedHost host) : IClassFixture<InterruptedHost>
{
    private static readonly string[] Ids = ["k-1", "k-2", "k-3", "k-4", "k-5"];

    [SkippableTheory]
    [InlineData("csv")]
    [InlineData("snapshot_csv")]
    public async Task A_defect_at_any_step_loses_nothing_and_stores_nothing_twice(string format)
    {
        var steps = await Steps(format);
        Assert.InRange(steps, 6, 20);
        for (var step = 1; step <= steps; step++)
        {
            var failing = step;
            var bucket = await Arrange(format);
            host.Interruptions.Reset(at => at == failing ? throw new InvalidOperationException("Here it ends.") : Task.CompletedTask);
            await bucket.Ingest();

            await IsWhole(bucket, format);
        }
    }

    [SkippableTheory]
    [InlineData("csv")]
    [InlineData("snapshot_csv")]
    public async Task A_lease_lost_at_any_step_leaves_the_import_to_who_took_it(string format)
    {
        var steps = await Steps(format);
        for (var step = 1; step <= steps; step++)
        {
            var failing = step;
            var bucket = await Arrange(format);
            host.Interruptions.Reset(async at =>
            {
                if (at == failing)
                    await LoseLease(bucket);
            });
            await bucket.Ingest();

            await IsWhole(bucket, format);
        }
    }

    [SkippableFact]
    public async Task Half_a_snapshot_is_never_seen()
    {
        var bucket = await Arrange("snapshot_csv");
        host.Interruptions.Reset(_ => Task.CompletedTask);
        await bucket.Ingest();
        var seen = new List<string>();
        await bucket.PutChats(Chats(11, "snapshot_csv"), "a.csv", "n-1", "n-2", "n-3", "n-4");
        await bucket.Seal(Chats(11, "snapshot_csv"));
        host.Interruptions.Reset(async _ => seen.Add(string.Join(' ', await bucket.Conversations())));
        await bucket.Ingest();

        var old = string.Join(' ', Ids.Select(id => $"{id} 1 Completed"));
        Assert.InRange(seen.Count, 5, 20);
        Assert.All(seen, s => Assert.Equal(old, s));
        Assert.Equal(["n-1 1 Completed", "n-2 1 Completed", "n-3 1 Completed", "n-4 1 Completed"], await bucket.Conversations());
    }

    [SkippableFact]
    public async Task While_a_snapshot_is_shown_its_connector_works_and_other_batches_of_the_feed_are_read()
    {
        var steps = await Steps("snapshot_csv");
        var bucket = await Arrange("snapshot_csv");
        host.Interruptions.Reset(async at =>
        {
            if (at != steps)
                return;
            await bucket.Client.DisableConnectorAsync(bucket.Bucket.Connector.Id);
            await bucket.Client.EnableConnectorAsync(bucket.Bucket.Connector.Id);
            await bucket.PutChats(Chats(11), "a.csv", "k-1", "k-6");
            await bucket.Seal(Chats(11));
            await bucket.Client.StartScanAsync(bucket.Bucket.Connector.Id);
            await Ingest.Arranged.Until(async () => (await bucket.Client.ListFilesAsync(keyPrefix: "in/" + Chats(11) + "a.csv")).Items.Any(f => f.Status == FileStatus.Ingested));
        });
        await bucket.Ingest();

        Assert.Equal((BatchStatus.Imported, 1, 1), ((await bucket.Batch(Chats(11))).Status, (await bucket.Batch(Chats(11))).Conversations.Received, (await bucket.Batch(Chats(11))).Conversations.Unchanged));
        Assert.Equal(["k-1 1 Completed", "k-2 1 Completed", "k-3 1 Completed", "k-4 1 Completed", "k-5 1 Completed", "k-6 1 Completed"], await bucket.Conversations());
    }

    private async Task<int> Steps(string format)
    {
        var bucket = await Arrange(format);
        host.Interruptions.Reset(_ => Task.CompletedTask);
        await bucket.Ingest();
        await IsWhole(bucket, format);
        return host.Interruptions.Steps;
    }

    private async Task<FeedBucket> Arrange(string format)
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutChats(Chats(10, format), "a.csv", Ids[..3]);
        await bucket.PutChats(Chats(10, format), "b.csv", Ids[3..]);
        await bucket.Seal(Chats(10, format));
        return bucket;
    }

    private static async Task IsWhole(FeedBucket bucket, string format)
    {
        var batch = await bucket.Batch(Chats(10, format));
        Assert.Equal((BatchStatus.Imported, 2, 5, 5), (batch.Status, batch.Counts.Files, batch.Counts.Rows.RowsRead, batch.Counts.Rows.Accepted));
        Assert.Equal((5, 0, 0), (batch.Conversations.Received, batch.Conversations.Revised, batch.Conversations.Unchanged));
        Assert.Equal(Ids.Select(id => $"{id} 1 Completed"), await bucket.Conversations());
        Assert.Equal(3, batch.Version);
        Assert.Equal(2, await bucket.Bucket.FilesCharged());
    }

    /// <summary>Ends the lease of the batch's work, and waits until another worker has taken it.</summary>
    private async Task LoseLease(FeedBucket bucket)
    {
        long? held = null;
        await Ingest.Arranged.Until(async () =>
        {
            // Again and again: its heartbeat may come between.
            await using var expire = host.Database.Source.CreateCommand(
                """
                with held as (
                    update work_items set lease_until = clock_timestamp() - interval '1 s'
                    where tenant_id = $1 and kind = 'batch' and state = 'running' and fence = coalesce($2::bigint, fence)
                    returning fence
                )
                select coalesce((select fence from held), -1)
                """);
            expire.Parameters.AddWithValue(bucket.Bucket.Tenant.Id);
            expire.Parameters.AddWithValue((object?)held ?? DBNull.Value);
            var fence = (long)(await expire.ExecuteScalarAsync())!;
            held ??= fence;
            return fence == -1 && await Taken(bucket, held.Value);
        });
    }

    private async Task<bool> Taken(FeedBucket bucket, long fence)
    {
        await using var taken = host.Database.Source.CreateCommand("select fence from work_items where tenant_id = $1 and kind = 'batch'");
        taken.Parameters.AddWithValue(bucket.Bucket.Tenant.Id);
        return await taken.ExecuteScalarAsync() is not long now || now > fence;
    }
}
