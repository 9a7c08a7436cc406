using QualityIngest.Client;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Batches;

[Collection(BatchCollection.Name)]
public sealed class SnapshotTests(BatchHost host)
{
    private const string Snapshot = "snapshot_csv";

    [SkippableFact]
    public async Task A_snapshot_replaces_what_came_before_its_date_and_covers_what_comes_after_it()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(9), "c-9");
        await Import(bucket, Day(11), "c-11");
        await Import(bucket, Day(10, Snapshot), "s-1", "s-2");

        Assert.Equal(["c-11", "s-1", "s-2"], await bucket.Calls());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Day(9))).Status);
        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(11))).Status);

        await Import(bucket, Day(8), "c-8");
        await Import(bucket, Day(10), "c-10");

        Assert.Equal(["c-11", "s-1", "s-2"], await bucket.Calls());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Day(8))).Status);
        Assert.Equal((BatchStatus.Superseded, 1), ((await bucket.Batch(Day(10))).Status, (await bucket.Batch(Day(10))).Counts.Rows.Accepted));
    }

    [SkippableFact]
    public async Task An_older_snapshot_never_replaces_a_newer_one()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(12, Snapshot), "new-1", "new-2");
        await Import(bucket, Day(11, Snapshot), "old-1", "old-2");

        Assert.Equal(["new-1", "new-2"], await bucket.Calls());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Day(11, Snapshot))).Status);

        await Import(bucket, Day(13, Snapshot), "last-1", "last-2");

        Assert.Equal(["last-1", "last-2"], await bucket.Calls());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Day(12, Snapshot))).Status);
    }

    [SkippableFact]
    public async Task A_snapshot_that_shrinks_its_feed_by_more_than_half_waits_until_it_is_confirmed()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(10, Snapshot), "a", "b", "c", "d", "e");
        await Import(bucket, Day(11, Snapshot), "a", "b");

        var batch = await bucket.Batch(Day(11, Snapshot));
        Assert.Equal((BatchStatus.AwaitingConfirmation, 5, 2), (batch.Status, batch.RowsBefore, batch.RowsAfter));
        Assert.Equal(5, (await bucket.Calls()).Count);

        await bucket.Client.ConfirmBatchAsync(batch.Id);
        await bucket.Bucket.Idle();

        Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Day(11, Snapshot))).Status);
        Assert.Equal(["a", "b"], await bucket.Calls());
        await Answer.Refused(409, "not_awaiting_confirmation", () => bucket.Client.ConfirmBatchAsync(batch.Id));
    }

    [SkippableFact]
    public async Task A_newer_marker_answers_instead_of_a_confirmation()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(10, Snapshot), "a", "b", "c", "d", "e");
        await Import(bucket, Day(11, Snapshot), "a", "b");
        await Import(bucket, Day(11, Snapshot), "a", "b", "c");

        var batch = await bucket.Batch(Day(11, Snapshot));
        Assert.Equal((BatchStatus.Imported, null), (batch.Status, batch.RowsBefore));
        Assert.Equal(["a", "b", "c"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task A_newer_snapshot_takes_the_place_of_one_that_waits()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(10, Snapshot), "a", "b", "c", "d", "e");
        await Import(bucket, Day(11, Snapshot), "a", "b");
        await Import(bucket, Day(12, Snapshot), "a", "b", "c", "d");

        var batch = await bucket.Batch(Day(11, Snapshot));
        Assert.Equal((BatchStatus.Superseded, 2), (batch.Status, batch.Counts.Rows.Accepted));
        Assert.Equal(["a", "b", "c", "d"], await bucket.Calls());
        await Answer.Refused(409, "not_awaiting_confirmation", () => bucket.Client.ConfirmBatchAsync(batch.Id));
    }

    [SkippableFact]
    public async Task Half_of_the_rows_need_no_confirmation()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(10, Snapshot), "a", "b", "c", "d");
        await Import(bucket, Day(11, Snapshot), "a", "b");

        Assert.Equal(["a", "b"], await bucket.Calls());
    }

    [SkippableFact]
    public async Task Conversations_that_a_snapshot_drops_are_withdrawn_and_come_back_with_the_next()
    {
        var bucket = await host.ArrangeFeeds();
        await ImportChats(bucket, Chats(10, Snapshot), "k-1", "k-2", "k-3", "k-4", "k-5");
        await ImportChats(bucket, Chats(11, Snapshot), "k-1", "k-2", "k-3");

        var batch = await bucket.Batch(Chats(11, Snapshot));
        Assert.Equal((3, 2), (batch.Conversations.Unchanged, batch.Conversations.Withdrawn));
        Assert.Equal(["k-1 1 Completed", "k-2 1 Completed", "k-3 1 Completed"], await bucket.Conversations());

        await ImportChats(bucket, Chats(12, Snapshot), "k-1", "k-2", "k-3", "k-4");

        Assert.Equal(1, (await bucket.Batch(Chats(12, Snapshot))).Conversations.Restored);
        Assert.Equal(["k-1 1 Completed", "k-2 1 Completed", "k-3 1 Completed", "k-4 1 Completed"], await bucket.Conversations());
    }

    [SkippableFact]
    public async Task What_is_no_longer_shown_is_deleted_by_and_by()
    {
        var bucket = await host.ArrangeFeeds();
        await Import(bucket, Day(10, Snapshot), "a", "b", "c", "d", "e");
        await Import(bucket, Day(11, Snapshot), "a", "b", "c", "d", "f");

        await Ingest.Arranged.Until(async () => (await Count("call_records"), await Count("feed_imports")) == (5, 1));

        async Task<long> Count(string table)
        {
            await using var command = host.Database.Source.CreateCommand(
                table == "feed_imports"
                    ? "select count(*) from feed_imports where tenant_id = $1 and state <> 'dropped'"
                    : "select count(*) from call_records where tenant_id = $1");
            command.Parameters.AddWithValue(bucket.Bucket.Tenant.Id);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    private static async Task Import(FeedBucket bucket, string directory, params string[] ids)
    {
        await bucket.PutCalls(directory, "a.csv", ids);
        await bucket.Seal(directory);
        await bucket.Ingest();
    }

    private static async Task ImportChats(FeedBucket bucket, string directory, params string[] ids)
    {
        await bucket.PutChats(directory, "a.csv", ids);
        await bucket.Seal(directory);
        await bucket.Ingest();
    }
}
