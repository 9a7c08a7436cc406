using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Historical dates can be run again, and nothing comes of it twice.</summary>
[Collection(FeedCollection.Name)]
public sealed class ReimportTests(FeedHost host)
{
    [SkippableFact]
    public async Task A_range_of_dates_is_imported_again_and_nothing_is_there_twice()
    {
        var bucket = await host.ArrangeFeeds();
        foreach (var day in new[] { "09", "10", "11" })
        {
            await bucket.PutSealed(Directory("call_center_issues", $"dt=2025-06-{day}"), CallHeader, Call($"c-{day}"));
            await bucket.PutSealed(Directory("historical_transcripts", $"dt=2025-06-{day}"), TranscriptHeader, Message($"c-{day}", "Hello"), Message("c-all", day, $"2025-06-{day}T10:00:00Z"));
        }

        await bucket.PutLines($"{Directory("call_center_issues", "dt=2025-06-12")}a.csv", CallHeader, Call("c-12"));
        await bucket.Ingest();
        var before = (await bucket.Client.ListBatchesAsync(limit: 100)).Items.ToDictionary(b => b.Path);
        var revisions = (await bucket.Client.ListConversationsAsync()).Items.ToDictionary(c => c.ExternalId, c => (c.Revision, c.Version));

        await bucket.Client.ReimportBatchesAsync(bucket.Connector.Id, new(2025, 6, 10), new(2025, 6, 12));
        await bucket.Idle();

        var after = (await bucket.Client.ListBatchesAsync(limit: 100)).Items.ToDictionary(b => b.Path);
        Assert.Equal(
            before.Keys.Where(path => path.Contains("-10/", StringComparison.Ordinal) || path.Contains("-11/", StringComparison.Ordinal)).Order(),
            after.Values.Where(b => b.Version > before[b.Path].Version).Select(b => b.Path).Order());
        Assert.All(after.Values.Where(b => b.SealedAt is not null), b => Assert.Equal((BatchStatus.Imported, before[b.Path].Counts.Rows.Accepted), (b.Status, b.Counts.Rows.Accepted)));
        Assert.Equal(["c-09", "c-10", "c-11"], await bucket.CallIds());
        Assert.Equal(revisions, (await bucket.Client.ListConversationsAsync()).Items.ToDictionary(c => c.ExternalId, c => (c.Revision, c.Version)));
        Assert.Equal(["09", "10", "11"], await bucket.Said("c-all"));
        await bucket.Holds("call_records", 3);
        await bucket.Holds("feed_parts", 6);
    }

    [SkippableFact]
    public async Task One_batch_is_imported_again_by_its_retry()
    {
        var bucket = await host.ArrangeFeeds();
        var directory = Directory("call_center_issues");
        await bucket.PutSealed(directory, CallHeader, Call("c-1"));
        var batch = await bucket.Ingested(directory);

        await bucket.Client.RetryBatchAsync(batch.Id);
        await bucket.Idle();

        var again = await bucket.Batch(directory);
        Assert.Equal((BatchStatus.Imported, true), (again.Status, again.Version > batch.Version));
        Assert.Equal(["c-1"], await bucket.CallIds());
    }
}
