using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>A snapshot takes the place of everything that its feed has shown up to its date, all at once.</summary>
[Collection(FeedCollection.Name)]
public sealed class SnapshotTests(FeedHost host)
{
    private static readonly string Tenth = Snapshot("call_center_issues", "dt=2025-06-10");
    private static readonly string Eleventh = Snapshot("call_center_issues", "dt=2025-06-11");

    [SkippableFact]
    public async Task Increments_up_to_the_snapshots_date_are_covered_by_it_and_later_ones_add_to_it()
    {
        var bucket = await host.ArrangeFeeds(new() { Kinds = new Dictionary<string, FeedKind> { ["other"] = FeedKind.CallCenterIssues } });
        await bucket.PutSealed(Directory("call_center_issues", "dt=2025-06-09"), [CallHeader, .. Calls(1, 2)]);
        await bucket.PutSealed(Directory("call_center_issues", "dt=2025-06-11"), [CallHeader, .. Calls(3, 1)]);
        await bucket.PutSealed(Directory("other", "dt=2025-06-09"), [CallHeader, .. Calls(9, 1)]);
        await bucket.Ingest();
        await bucket.PutSealed(Tenth, [CallHeader, .. Calls(5, 2)]);
        await bucket.Ingest();

        Assert.Equal(["c-03", "c-05", "c-06", "c-09"], await bucket.CallIds());
        Assert.Equal(BatchStatus.Superseded, (await bucket.Batch(Directory("call_center_issues", "dt=2025-06-09"))).Status);

        await bucket.PutSealed(Directory("call_center_issues", "dt=2025-06-10/hr=12"), [CallHeader, .. Calls(7, 1)]);
        Assert.Equal(BatchStatus.Superseded, (await bucket.Ingested(Directory("call_center_issues", "dt=2025-06-10/hr=12"))).Status);
        Assert.Equal(["c-03", "c-05", "c-06", "c-09"], await bucket.CallIds());
    }

    [SkippableFact]
    public async Task What_a_snapshot_drops_is_withdrawn_and_what_the_next_one_brings_back_is_restored()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Snapshot("historical_transcripts", "dt=2025-06-10"), [TranscriptHeader, .. Messages(1, 3, "Hello")]);
        await bucket.Ingest();
        var dropped = await bucket.Conversation("c-01");
        await bucket.PutSealed(Snapshot("historical_transcripts", "dt=2025-06-11"), [TranscriptHeader, .. Messages(2, 3, "Hello")]);
        var batch = await bucket.Ingested(Snapshot("historical_transcripts", "dt=2025-06-11"));

        Assert.Equal((1, 1, 2), (batch.Conversations.Withdrawn, batch.Conversations.Received, batch.Conversations.Unchanged));
        Assert.Equal(Ids(2, 3), await bucket.ConversationIds());
        Assert.Equal("c-01", Assert.Single((await bucket.Client.ListConversationsAsync(status: ConversationStatus.Withdrawn)).Items).ExternalId);
        await Answer.Refused(409, "conversation_withdrawn", () => bucket.Client.GetTranscriptAsync(dropped.Id));

        await bucket.PutSealed(
            Snapshot("historical_transcripts", "dt=2025-06-12"), [TranscriptHeader, .. Messages(1, 1, "Hello"), .. Messages(2, 1, "Hello!"), .. Messages(3, 1, "Hello")]);
        batch = await bucket.Ingested(Snapshot("historical_transcripts", "dt=2025-06-12"));

        Assert.Equal((1, 1, 1, 1), (batch.Conversations.Restored, batch.Conversations.Revised, batch.Conversations.Unchanged, batch.Conversations.Withdrawn));
        Assert.Equal(Ids(1, 3), await bucket.ConversationIds());
        Assert.Equal((ConversationStatus.Completed, 1), await bucket.Conversation("c-01") is var back ? (back.Status, back.Revision) : default);
        Assert.Equal(["Hello"], await bucket.Said("c-01"));
        Assert.Equal(
            ["conversation_received", "transcript_attached", "conversation_completed", "conversation_withdrawn", "conversation_restored"],
            await bucket.EventsOf(dropped.Id));
    }

    /// <summary>The swap is stopped in its middle, so that readers certainly look at that moment, and read on until it is done.</summary>
    [SkippableFact]
    public async Task Readers_see_the_old_snapshot_or_the_new_one_and_never_a_mixture()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Snapshot("historical_transcripts", "dt=2025-06-10"), [TranscriptHeader, .. Messages(1, 20, "Old")]);
        await bucket.PutSealed(Tenth, [CallHeader, .. Calls(1, 20)]);
        await bucket.Ingest();
        var old = await Conversations(bucket);
        var middle = (await bucket.Conversation("c-15")).Id;

        await bucket.PutSealed(Snapshot("historical_transcripts", "dt=2025-06-11"), [TranscriptHeader, .. Messages(11, 20, "New")]);
        await Swap(bucket, middle, Conversations);

        Assert.Equal(20, old.Count);
        Assert.Equal(Ids(11, 20), await bucket.ConversationIds());
        Assert.Equal(["New"], await bucket.Said("c-15"));

        await bucket.PutSealed(Eleventh, [CallHeader, .. Calls(11, 20, "Transferred")]);
        await Swap(bucket, middle, CallRecords);

        Assert.Equal(Ids(11, 20), await bucket.CallIds());
    }

    private static async Task Swap(Arranged bucket, Guid middle, Func<Arranged, Task<HashSet<string>>> read)
    {
        var old = await read(bucket);
        var seen = new List<HashSet<string>>();
        using var swapped = new CancellationTokenSource();
        Task[] readers;
        await using (var blocker = await Blocker.HoldStream(bucket.Host.Database, middle))
        {
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await blocker.Blocks(1);
            Assert.Equal(old, await read(bucket));
            readers = [.. Enumerable.Range(0, 3).Select(_ => Read(bucket, read, seen, swapped.Token))];
            await Arranged.Until(() => Task.FromResult(Count(seen) > 6));
        }

        await bucket.Idle();
        var now = await read(bucket);
        var read6 = Count(seen) + 6;
        await Arranged.Until(() => Task.FromResult(Count(seen) > read6));
        await swapped.CancelAsync();
        await Task.WhenAll(readers);

        Assert.False(old.SetEquals(now));
        Assert.All(seen, set => Assert.True(set.SetEquals(old) || set.SetEquals(now), string.Join(", ", set)));
    }

    private static async Task Read(Arranged bucket, Func<Arranged, Task<HashSet<string>>> read, List<HashSet<string>> seen, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var set = await read(bucket);
            lock (seen)
                seen.Add(set);
        }
    }

    private static int Count(List<HashSet<string>> seen)
    {
        lock (seen)
            return seen.Count;
    }

    private static async Task<HashSet<string>> Conversations(Arranged bucket) =>
        [.. (await bucket.Client.ListConversationsAsync(limit: 100)).Items.Select(c => $"{c.ExternalId}/{c.Revision}")];

    private static async Task<HashSet<string>> CallRecords(Arranged bucket) =>
        [.. (await bucket.Client.ListCallRecordsAsync(limit: 100)).Items.Select(c => $"{c.ExternalConversationId}/{c.DispositionCategory}/{c.ConversationId}")];

    private static string Snapshot(string feed, string partition) => Directory(feed, partition, "snapshot_csv");

    private static IEnumerable<string> Calls(int first, int count, string disposition = "Resolved") => Ids(first, count).Select(id => Call(id, disposition));

    private static IEnumerable<string> Messages(int first, int count, string text) => Ids(first, count).Select(id => Message(id, text));

    private static string[] Ids(int first, int count) => [.. Enumerable.Range(first, count).Select(n => $"c-{n:00}")];
}
