using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Faults;

/// <summary>Bodies that end early, and objects that are not what was listed.</summary>
[Collection(FaultCollection.Name)]
public sealed class CutFileTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_file_cut_short_is_read_on_behind_the_stored_rows_to_exact_counts()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 100);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(5_000), times: 1);

        await faulty.Bucket.Ingest();

        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 100);
        Assert.Equal(2, faulty.Reads("day.csv"));
        Assert.Equal(100, (await faulty.Bucket.Client.ListConversationsAsync(limit: 100, status: ConversationStatus.Completed)).Items.Count);
        Assert.Equal(3, (await faulty.Bucket.Conversation("c-1")).Version);
        Assert.Equal(
            ["file_discovered", "file_started", "file_ingested"],
            (await faulty.Bucket.Client.ListFileEventsAsync((await faulty.Bucket.File("day.csv")).Id)).Select(e => e.Type));
        Assert.Equal(1, await faulty.Bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task A_file_that_is_always_cut_short_is_never_taken_for_whole()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 100);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(5_000));

        await faulty.Bucket.Ingest();

        var file = await faulty.Bucket.File("day.csv");
        Assert.Equal((FileStatus.Failed, "body_cut_short", true), (file.Status, file.ErrorCode, file.Retryable));
        Assert.InRange(file.Counts.Accepted ?? 0, FaultHost.BatchRows, 99);
        Assert.Equal(0, file.Counts.RowsRead % FaultHost.BatchRows);
        Assert.Equal(file.Counts.RowsRead, (await faulty.Bucket.Client.ListConversationsAsync(limit: 100)).Items.Count);
    }

    [SkippableFact]
    public async Task A_reading_that_came_forward_has_its_attempts_again()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 100);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown(), times: 2);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(5_000), times: 1);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown(), times: 1);

        await faulty.Bucket.Ingest();

        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 100);
        Assert.Equal(5, faulty.Reads("day.csv"));
    }

    [SkippableFact]
    public async Task A_transcript_cut_short_is_fetched_again()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.Bucket.PutChats("day.csv", "c-1");
        faulty.Proxy.Inject(r => r.Key == "calls/chats/c-1.json", Fault.CutBody(100), times: 1);

        await faulty.Bucket.Ingest();

        Assert.Equal(4, (await faulty.Bucket.Conversation("c-1")).Metrics!.Utterances);
    }

    [SkippableFact]
    public async Task A_file_that_vanishes_before_it_is_read_fails_by_name_and_is_removed_by_the_next_scan()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        faulty.Proxy.Inject(
            r => r.Key == "calls/day.csv", Fault.Before(_ => faulty.Bucket.S3.Delete(faulty.Bucket.Bucket, "calls/day.csv")), times: 1);

        await faulty.Bucket.Ingest();

        var file = await faulty.Bucket.File("day.csv");
        file.Is(FileStatus.Failed);
        Assert.Equal("object_missing", file.ErrorCode);
        Assert.Equal(1, (await faulty.Bucket.Ingest()).Counts.Removed);
        Assert.Empty((await faulty.Bucket.Client.ListConversationsAsync()).Items);
    }

    [SkippableFact]
    public async Task A_file_that_is_replaced_before_it_is_read_is_read_as_what_it_then_is_and_not_before()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.Before(_ => faulty.PutRows("day.csv", 2, prefix: "n")), times: 1);

        await faulty.Bucket.Ingest();

        var file = await faulty.Bucket.File("day.csv");
        file.Is(FileStatus.Failed);
        Assert.Equal("object_changed", file.ErrorCode);
        Assert.Empty((await faulty.Bucket.Client.ListConversationsAsync()).Items);

        Assert.Equal(1, (await faulty.Bucket.Ingest()).Counts.Changed);
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2);
    }

    [SkippableFact]
    public async Task A_reading_that_outlives_its_version_changes_nothing_of_the_newer_one()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.Bucket.PutScript("all");
        var old = Enumerable.Range(1, 100).Select(i => Arranged.Row($"c-{i}", start: "soon", script: "chats/all.json"));
        await faulty.Bucket.PutCsv("day.csv", old);
        var reading = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(5_000), times: 1);
        faulty.Proxy.Inject(
            r => r.Key == "calls/day.csv",
            Fault.Before(async cancel =>
            {
                reading.TrySetResult();
                await gate.Task.WaitAsync(cancel);
            }),
            times: 1);

        // The old version's reader has stored its first rows and waits for the rest; the new one begins and ends meanwhile.
        await faulty.Start();
        await reading.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var before = await faulty.Bucket.File("day.csv");
        await faulty.PutRows("day.csv", 1);
        await faulty.Start();
        await Arranged.Until(async () => (await faulty.Bucket.File("day.csv")).Status == FileStatus.Ingested);
        gate.SetResult();
        await faulty.Bucket.Idle();

        Assert.Equal(FileStatus.Processing, before.Status);
        var file = await faulty.Bucket.File("day.csv");
        file.Is(FileStatus.Ingested, accepted: 1);
        Assert.Empty((await faulty.Bucket.Client.ListRejectionsAsync(file.Id)).Items);
    }
}
