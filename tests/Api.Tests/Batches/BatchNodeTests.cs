using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Nodes;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Batches;

/// <summary>Two nodes on one database.</summary>
public sealed class BatchNodeTests(Cluster<BatchNodeTests.Node> cluster) : IClassFixture<Cluster<BatchNodeTests.Node>>
{
    [SkippableFact]
    public async Task They_share_the_days_of_a_feed_and_import_each_once()
    {
        var (bucket, proxy) = await cluster.First.ArrangeFaulty();
        await using var _ = proxy;
        int[] days = [1, 2, 3, 4, 5, 6];
        foreach (var day in days)
        {
            await bucket.PutChats(Chats(day), "a.csv", $"k-{day}", "k-shared");
            await bucket.Seal(Chats(day));
        }

        var gate = new TaskCompletionSource();
        var held = proxy.Inject(r => r.IsRead && r.Key.EndsWith("a.csv", StringComparison.Ordinal), Fault.Before(cancel => gate.Task.WaitAsync(cancel)));
        await bucket.Client.StartScanAsync(bucket.Bucket.Connector.Id);
        await Arranged.Until(() => Task.FromResult(held.Hits == 2)); // one batch at a time on each node
        gate.SetResult();
        await bucket.Bucket.Idle();

        var batches = (await bucket.Client.ListBatchesAsync()).Items;
        Assert.Equal(days.Length, batches.Count);
        Assert.All(batches, b => Assert.Equal((BatchStatus.Imported, 2, 3), (b.Status, b.Counts.Rows.Accepted, b.Version)));
        Assert.Equal(days.Length, held.Hits);
        Assert.Equal(days.Length + 1, batches.Sum(b => b.Conversations.Received));
        Assert.Equal(days.Length + 1, (await bucket.Conversations()).Count);
    }

    [SkippableFact]
    public async Task Snapshots_of_one_feed_that_end_together_come_to_the_latest()
    {
        var (bucket, proxy) = await cluster.First.ArrangeFaulty();
        await using var _ = proxy;
        int[] days = [10, 11, 12, 13];
        foreach (var day in days)
        {
            await bucket.PutChats(Chats(day, "snapshot_csv"), "a.csv", "k-1", "k-2", $"k-{day}");
            await bucket.Seal(Chats(day, "snapshot_csv"));
        }

        var gate = new TaskCompletionSource();
        var held = proxy.Inject(r => r.IsRead && r.Key.EndsWith("a.csv", StringComparison.Ordinal), Fault.Before(cancel => gate.Task.WaitAsync(cancel)));
        await bucket.Client.StartScanAsync(bucket.Bucket.Connector.Id);
        await Arranged.Until(() => Task.FromResult(held.Hits == 2));
        gate.SetResult();
        await bucket.Bucket.Idle();

        Assert.Equal(["k-1 1 Completed", "k-13 1 Completed", "k-2 1 Completed"], await bucket.Conversations());
        var batches = (await bucket.Client.ListBatchesAsync()).Items.OrderBy(b => b.Date).Select(b => b.Status);
        Assert.Equal([BatchStatus.Superseded, BatchStatus.Superseded, BatchStatus.Superseded, BatchStatus.Imported], batches);
    }

    /// <summary>A node that imports one batch at a time.</summary>
    public sealed class Node : BatchHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Ingest:Batches"] = "1",
            ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        };
    }
}
