using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Batches;

[Collection(BatchCollection.Name)]
public sealed class FailureTests(BatchHost host)
{
    [SkippableFact]
    public async Task A_file_that_cannot_be_read_fails_its_batch_by_name_and_leaves_what_was_shown()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        await bucket.Ingest();
        await bucket.PutCalls(Day(10), "a.csv", "c-2");
        await bucket.Put(Day(10) + "b.csv", "customer_id,conversation_id,call_start,call_end\nc-3,,2025-06-10T10:00:00Z,2025-06-10T10:00:01Z\n\"c-4,,2025");
        await bucket.Seal(Day(10));
        await bucket.Ingest();

        var batch = await bucket.Batch(Day(10));
        Assert.Equal((BatchStatus.Failed, "quote_not_closed", false), (batch.Status, batch.ErrorCode, batch.Retryable));
        Assert.StartsWith("in/" + Day(10) + "b.csv: Line 3: ", batch.ErrorDetail, StringComparison.Ordinal);
        (await bucket.File(Day(10) + "b.csv")).Is(FileStatus.Failed, accepted: 1);
        Assert.Equal(["c-1"], await bucket.Calls());

        await bucket.PutCalls(Day(10), "b.csv", "c-3");
        await bucket.Seal(Day(10));
        await bucket.Ingest();

        Assert.Equal((BatchStatus.Imported, null), ((await bucket.Batch(Day(10))).Status, (await bucket.Batch(Day(10))).ErrorCode));
        Assert.Equal(["c-2", "c-3"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task A_batch_is_listed_again_when_a_file_was_exchanged_before_it_was_read()
    {
        var (bucket, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.PutCalls(Day(10), "b.csv", "c-2");
        await bucket.Seal(Day(10));
        proxy.Inject(
            r => r.IsRead && r.Key.EndsWith("b.csv", StringComparison.Ordinal),
            Fault.Before(__ => bucket.PutCalls(Day(10), "b.csv", "c-3")), times: 1);
        await bucket.Ingest();

        Assert.Equal((BatchStatus.Imported, 1), ((await bucket.Batch(Day(10))).Status, (await bucket.Batch(Day(10))).Counts.Files));
        Assert.Equal(FileStatus.AwaitingMarker, (await bucket.File(Day(10) + "b.csv")).Status);
        Assert.Equal(["c-1"], await bucket.Calls());

        await bucket.Seal(Day(10));
        await bucket.Ingest();

        Assert.Equal(["c-1", "c-3"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task A_batch_that_its_store_refuses_each_time_is_given_up_and_can_be_retried()
    {
        var (bucket, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Seal(Day(10));
        proxy.Inject(r => r.IsRead && r.Key.EndsWith("a.csv", StringComparison.Ordinal), Fault.InternalError());
        await bucket.Ingest();

        var batch = await bucket.Batch(Day(10));
        Assert.Equal((BatchStatus.Failed, true), (batch.Status, batch.Retryable));
        Assert.Equal((FileStatus.Failed, batch.ErrorCode), ((await bucket.File(Day(10) + "a.csv")).Status, (await bucket.File(Day(10) + "a.csv")).ErrorCode));

        proxy.Heal();
        await bucket.Client.RetryBatchAsync(batch.Id);
        await bucket.Bucket.Idle();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(10))).Status);
        Assert.Equal(["c-1"], await bucket.Calls());
        Assert.Equal(1, await bucket.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task A_connector_that_may_not_read_rests_and_its_batch_goes_on_when_it_may()
    {
        var (bucket, proxy) = await host.ArrangeFaulty();
        await using var _ = proxy;
        await bucket.PutCalls(Day(10), "a.csv", "c-1", "c-2", "c-3");
        await bucket.Seal(Day(10));
        proxy.Inject(r => r.IsRead, Fault.Error(403, "AccessDenied", "Access Denied"));
        var faulty = new Ingest.Faults.Faulty(bucket.Bucket, proxy);
        await faulty.Start();
        await faulty.Suspended();
        Assert.Equal(BatchStatus.Importing, (await bucket.Batch(Day(10))).Status);

        proxy.Heal();
        await faulty.Resumed();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(10))).Status);
        Assert.Equal(["c-1", "c-2", "c-3"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task A_file_of_a_batch_is_not_retried_by_itself_nor_a_batch_that_waits()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutCalls(Day(10), "a.csv", "c-1");
        await bucket.Ingest();

        var waiting = await bucket.Batch(Day(10));
        await Answer.Refused(409, "not_retryable", () => bucket.Client.RetryBatchAsync(waiting.Id));
        await Answer.Refused(409, "not_awaiting_confirmation", () => bucket.Client.ConfirmBatchAsync(waiting.Id));
        var file = await bucket.File(Day(10) + "a.csv");
        await Answer.Refused(409, "file_of_batch", () => bucket.Client.RetryFileAsync(file.Id));
    }

    [SkippableFact]
    public async Task A_range_is_imported_again_without_duplicates()
    {
        var bucket = await host.ArrangeFeeds();
        foreach (var day in new[] { 9, 10, 11 })
        {
            await bucket.PutChats(Chats(day), "a.csv", $"k-{day}");
            await bucket.Seal(Chats(day));
        }

        await bucket.Ingest();
        var before = (await bucket.Client.ListBatchesAsync()).Items.ToDictionary(b => b.Path, b => b.Version);

        await bucket.Client.ReimportBatchesAsync(bucket.Bucket.Connector.Id, new DateOnly(2025, 6, 10), new DateOnly(2025, 6, 11));
        await bucket.Bucket.Idle();

        var after = (await bucket.Client.ListBatchesAsync()).Items;
        Assert.All(after, b => Assert.Equal(BatchStatus.Imported, b.Status));
        Assert.Equal([Chats(10), Chats(11)], after.Where(b => b.Version > before[b.Path]).Select(b => b.Path["in/".Length..]).Order(StringComparer.Ordinal));
        Assert.All(after.Where(b => b.Version > before[b.Path]), b => Assert.Equal((0, 1), (b.Conversations.Received, b.Conversations.Unchanged)));
        Assert.Equal(["k-10 1 Completed", "k-11 1 Completed", "k-9 1 Completed"], await bucket.Conversations());
        Assert.Equal(3, await bucket.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task Only_days_of_feeds_are_imported_again()
    {
        var bucket = await host.ArrangeFeeds();
        var (first, last) = (new DateOnly(2025, 6, 10), new DateOnly(2025, 6, 9));
        await Answer.Refused(400, "invalid_parameter", () => bucket.Client.ReimportBatchesAsync(bucket.Bucket.Connector.Id, first, last));
        var other = await host.Arrange();
        await Answer.Refused(409, "not_of_this_format", () => other.Client.ReimportBatchesAsync(other.Connector.Id, last, first));
        await Answer.Refused(404, "not_found", () => other.Client.ReimportBatchesAsync(bucket.Bucket.Connector.Id, last, first));
    }
}
