using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Batches;

[Collection(BatchCollection.Name)]
public sealed class SealTests(BatchHost host)
{
    [SkippableFact]
    public async Task A_directory_is_imported_once_its_marker_seals_it()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "b.csv", "c-3");
        await bucket.PutCalls(Day(10), "a.csv", "c-1", "c-2");
        await bucket.Ingest();

        var waiting = await bucket.Batch(Day(10));
        Assert.Equal((BatchStatus.AwaitingMarker, "call_center_issues", FeedKind.CallCenterIssues, new DateOnly(2025, 6, 10)), (waiting.Status, waiting.Feed, waiting.Kind, waiting.Date));
        Assert.Equal((FileStatus.AwaitingMarker, waiting.Id), ((await bucket.File(Day(10) + "a.csv")).Status, (await bucket.File(Day(10) + "a.csv")).BatchId));
        Assert.Empty(await bucket.Calls());

        await bucket.Seal(Day(10));
        await bucket.Ingest();

        var batch = await bucket.Batch(Day(10));
        Assert.Equal((waiting.Id, BatchStatus.Imported, 2, 3, 3), (batch.Id, batch.Status, batch.Counts.Files, batch.Counts.Rows.RowsRead, batch.Counts.Rows.Accepted));
        Assert.NotNull(batch.ImportedAt);
        (await bucket.File(Day(10) + "a.csv")).Is(FileStatus.Ingested, accepted: 2);
        (await bucket.File(Day(10) + "b.csv")).Is(FileStatus.Ingested, accepted: 1);
        var marker = await bucket.File(Day(10) + "_SUCCESS");
        Assert.Equal((FileStatus.Skipped, "batch_marker", batch.Id), (marker.Status, marker.ErrorCode, marker.BatchId));
        Assert.Equal(["c-1", "c-2", "c-3"], await bucket.Calls());
        Assert.Equal(2, await bucket.Bucket.FilesCharged());
        Assert.Equal(3, (await bucket.Client.ListFilesAsync(batchId: batch.Id)).Items.Count);
    }

    [SkippableFact]
    public async Task Nothing_happens_again_to_a_batch_that_did_not_change()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        await bucket.Ingest();
        var before = await bucket.Batch(Day(10));

        var scan = await bucket.Ingest();

        Assert.Equal(before, await bucket.Batch(Day(10)));
        Assert.Equal((0, 0), (scan.Counts.Discovered, scan.Counts.Changed));
    }

    [SkippableFact]
    public async Task A_marker_that_is_not_empty_seals_nothing()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10), "done");
        await bucket.Ingest();

        Assert.Equal(BatchStatus.AwaitingMarker, (await bucket.Batch(Day(10))).Status);
        Assert.Equal((FileStatus.Skipped, "marker_not_empty"), await bucket.File(Day(10) + "_SUCCESS") is var marker ? (marker.Status, marker.ErrorCode) : default);

        await bucket.Seal(Day(10));
        await bucket.Ingest();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(10))).Status);
    }

    [SkippableFact]
    public async Task A_late_file_waits_for_a_newer_marker_and_the_same_marker_written_again_is_one()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        await bucket.Ingest();
        await bucket.PutCalls(Day(10), "late.csv", "c-2");
        await bucket.Ingest();

        Assert.Equal(FileStatus.AwaitingMarker, (await bucket.File(Day(10) + "late.csv")).Status);
        Assert.Equal((BatchStatus.Imported, 1), ((await bucket.Batch(Day(10))).Status, (await bucket.Batch(Day(10))).Counts.Files));
        Assert.Equal(["c-1"], await bucket.Calls());

        await bucket.Seal(Day(10));
        await bucket.Ingest();

        (await bucket.File(Day(10) + "late.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Equal((BatchStatus.Imported, 2, 2), ((await bucket.Batch(Day(10))).Status, (await bucket.Batch(Day(10))).Counts.Files, (await bucket.Batch(Day(10))).Counts.Rows.Accepted));
        Assert.Equal(["c-1", "c-2"], await bucket.Calls());
        Assert.Equal(2, await bucket.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task A_file_exchanged_after_its_marker_waits_for_a_newer_one()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        await bucket.Ingest();
        await bucket.PutCalls(Day(10), "a.csv", "c-2", "c-3");
        await bucket.Ingest();
        Assert.Equal(["c-1"], await bucket.Calls());

        await bucket.Seal(Day(10));
        await bucket.Ingest();

        Assert.Equal(["c-2", "c-3"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task What_was_sealed_stays_when_its_marker_or_its_files_are_removed()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        await bucket.Ingest();
        await bucket.Delete(Day(10) + "_SUCCESS");
        await bucket.Delete(Day(10) + "a.csv");
        await bucket.Ingest();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(10))).Status);
        Assert.Equal(["c-1"], await bucket.Calls());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_sealed_stays_when_it_is_to_be_imported_again_and_its_files_are_gone(bool replaced)
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutChats(Chats(10), "a.csv", "k-1");
        await bucket.PutChats(Chats(10), "b.csv", "k-2");
        await bucket.Seal(Chats(10));
        await bucket.Ingest();
        await (replaced ? bucket.PutChats(Chats(10), "b.csv", "k-3") : bucket.Delete(Chats(10) + "b.csv"));

        await bucket.Client.ReimportBatchesAsync(bucket.Bucket.Connector.Id, new DateOnly(2025, 6, 10), new DateOnly(2025, 6, 10));
        await bucket.Bucket.Idle();

        var batch = await bucket.Batch(Chats(10));
        Assert.Equal((BatchStatus.Failed, "sealed_files_gone", false), (batch.Status, batch.ErrorCode, batch.Retryable));
        Assert.Equal(["k-1 1 Completed", "k-2 1 Completed"], await bucket.Conversations());

        await bucket.Seal(Chats(10));
        await bucket.Ingest();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Chats(10))).Status);
        Assert.Equal(replaced ? ["k-1 1 Completed", "k-3 1 Completed"] : ["k-1 1 Completed"], await bucket.Conversations());
    }

    [SkippableFact]
    public async Task An_empty_batch_is_imported()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.Seal(Day(10));
        await bucket.Ingest();

        var batch = await bucket.Batch(Day(10));
        Assert.Equal((BatchStatus.Imported, 0, 0), (batch.Status, batch.Counts.Files, batch.Counts.Rows.RowsRead));
    }

    [SkippableFact]
    public async Task Hours_and_minutes_are_batches_beside_each_other()
    {
        var bucket = await host.ArrangeFeeds();
        foreach (var (part, id) in new[] { ("", "c-0"), ("hr=09/", "c-1"), ("hr=10/", "c-2"), ("hr=10/mi=30/", "c-3") })
        {
            await bucket.PutCalls(Day(10) + part, "a.csv", id);
            await bucket.Seal(Day(10) + part);
        }

        await bucket.Ingest();

        Assert.Equal(["c-0", "c-1", "c-2", "c-3"], await bucket.Calls());
        var batches = (await bucket.Client.ListBatchesAsync(feed: "call_center_issues", from: new DateOnly(2025, 6, 10), to: new DateOnly(2025, 6, 10))).Items;
        Assert.Equal(["2025-06-10", "2025-06-10/09", "2025-06-10/10", "2025-06-10/10:30"], batches.Select(b => b.Partition).Order(StringComparer.Ordinal));
        Assert.All(batches, b => Assert.Equal(BatchStatus.Imported, b.Status));

        await bucket.PutCalls(Day(10) + "hr=10/", "a.csv", "c-4");
        await bucket.Seal(Day(10) + "hr=10/");
        await bucket.Ingest();

        Assert.Equal(["c-0", "c-1", "c-3", "c-4"], await bucket.Calls());
    }

    [SkippableTheory]
    [InlineData("call_center_issues/version=2/format=csv/dt=2025-06-10/a.csv", "feed_version_unknown", "version=2")]
    [InlineData("call_center_issues/version=1/format=parquet/dt=2025-06-10/a.csv", "feed_format_unknown", "format=parquet")]
    [InlineData("call_center_issues/version=1/format=csv/dt=2025-06-31/a.csv", "feed_date_invalid", "dt=2025-06-31")]
    [InlineData("loose.csv", "feed_key_invalid", "loose.csv")]
    public async Task A_key_off_the_convention_is_skipped_and_says_why(string key, string code, string named)
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.Put(key, "x");
        await bucket.Ingest();

        var file = await bucket.File(key);
        Assert.Equal((FileStatus.Skipped, code, null), (file.Status, file.ErrorCode, file.BatchId));
        Assert.Contains(named, file.ErrorDetail, StringComparison.Ordinal);
        Assert.Empty((await bucket.Client.ListBatchesAsync()).Items);
    }

    [SkippableFact]
    public async Task A_batch_is_taken_whole_where_its_marker_is_not_too_old()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.PutCalls(Day(11), "a.csv", "c-2");
        await bucket.Seal(Day(11));
        var old = await bucket.Client.CreateConnectorAsync(
            IngestHost.Input(bucket.Bucket.S3, bucket.Bucket.Bucket, "elsewhere/") with { Name = "Clock", Format = "feeds" });
        var now = old.CreatedAt;
        await Arranged.Until(() => Task.FromResult(DateTimeOffset.UtcNow > now.AddMilliseconds(5)));
        var input = new ConnectorInput
        {
            Name = bucket.Bucket.Connector.Name,
            Format = "feeds",
            Source = bucket.Bucket.Connector.Source! with
            {
                IngestFrom = now,
                Credentials = new AccessKeyCredentials { AccessKeyId = bucket.Bucket.S3.AccessKey, SecretAccessKey = bucket.Bucket.S3.SecretKey },
            },
        };
        await bucket.Client.ReplaceConnectorAsync(bucket.Bucket.Connector.Id, $"\"{bucket.Bucket.Connector.Version}\"", input);
        await bucket.Seal(Day(10));

        await bucket.Ingest();

        Assert.Equal(["c-1"], await bucket.Calls());
        Assert.Single((await bucket.Client.ListBatchesAsync()).Items);
    }
}
