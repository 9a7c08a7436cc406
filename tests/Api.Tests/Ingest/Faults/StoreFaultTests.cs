using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Faults;

/// <summary>What a store does wrong for a while.</summary>
[Collection(FaultCollection.Name)]
public sealed class StoreFaultTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_storm_of_503s_is_outlasted_everywhere()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        var listing = faulty.Proxy.Inject(r => r.IsListing, Fault.SlowDown(), times: 2);
        var file = faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown(), times: 2);
        var transcripts = faulty.Proxy.Inject(r => r.Key == "calls/chats/all.json", Fault.InternalError(), times: 2);

        var scan = await faulty.Bucket.Ingest();

        Assert.Equal((2, 2, 2), (listing.Hits, file.Hits, transcripts.Hits));
        Assert.Equal((ScanStatus.Completed, 1, 1), (scan.Status, scan.Counts.Pages, scan.Counts.Discovered));
        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 3);
        Assert.Equal(3, (await faulty.Bucket.Client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count);
    }

    [SkippableFact]
    public async Task A_file_that_is_refused_to_the_last_attempt_fails_by_name_and_is_retried()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown());

        await faulty.Bucket.Ingest();

        var failed = await faulty.Bucket.File("day.csv");
        failed.Is(FileStatus.Failed);
        Assert.Equal(("throttled", true), (failed.ErrorCode, failed.Retryable));
        Assert.Equal(3, faulty.Reads("day.csv"));
        var letter = Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: faulty.Bucket.Tenant.Id)).Items);
        Assert.Equal(("file", "throttled", 3), (letter.Kind, letter.Code, letter.Attempts));

        faulty.Proxy.Heal();
        await faulty.Bucket.Client.RetryFileAsync(failed.Id);
        await faulty.Bucket.Idle();

        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 3);
        Assert.Empty((await host.Admin.ListDeadLettersAsync(tenant: faulty.Bucket.Tenant.Id)).Items);
    }

    [SkippableFact]
    public async Task A_scan_while_a_file_is_read_gives_it_no_further_attempts()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.PutRows("day.csv", 3);
        var gate = new TaskCompletionSource();
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown(), times: 2);
        var held = faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown());
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(held.Hits == 1));

        var second = await faulty.Start();
        await Arranged.Until(async () => (await faulty.Bucket.Client.GetScanAsync(second.Id)).Status == ScanStatus.Completed);
        gate.SetException(new IOException("The store hangs up."));
        await faulty.Bucket.Idle();

        Assert.Equal(FileStatus.Failed, (await faulty.Bucket.File("day.csv")).Status);
        Assert.Equal(3, faulty.Reads("day.csv"));
    }

    [SkippableFact]
    public async Task A_dead_letter_that_is_revived_reads_its_file_from_the_first_row()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.Bucket.PutScript("all");
        await faulty.Bucket.PutCsv("day.csv", Enumerable.Range(1, 40).Select(i => Arranged.Row($"c-{i}", start: i % 10 == 0 ? "soon" : "2025-06-10T13:30:00Z", script: "chats/all.json")));
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(2_500), times: 1);
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.SlowDown());
        await faulty.Bucket.Ingest();
        var failed = await faulty.Bucket.File("day.csv");
        Assert.Equal(FileStatus.Failed, failed.Status);
        Assert.InRange(failed.Counts.RowsRead ?? 0, 1, 39);
        var letter = Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: faulty.Bucket.Tenant.Id)).Items);

        faulty.Proxy.Heal();
        await host.Admin.RetryDeadLettersAsync(new() { Ids = [letter.Id] });
        await faulty.Bucket.Idle();

        (await faulty.Bucket.File("day.csv")).Is(FileStatus.PartiallyIngested, accepted: 36, rejected: 4);
        Assert.Equal([11, 21, 31, 41], (await faulty.Bucket.Client.ListRejectionsAsync(failed.Id)).Items.Select(r => (int)r.Line));
    }

    [SkippableFact]
    public async Task A_transcript_that_is_refused_to_the_last_attempt_fails_its_conversation_by_name()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.Bucket.PutChats("day.csv", "c-1", "c-2");
        faulty.Proxy.Inject(r => r.Key == "calls/chats/c-1.json", Fault.Hangup());

        await faulty.Bucket.Ingest();

        var failed = await faulty.Bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Failed, "network", true), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Equal(ConversationStatus.Completed, (await faulty.Bucket.Conversation("c-2")).Status);
        faulty.Proxy.Heal();
        await faulty.Bucket.Client.RetryConversationAsync(failed.Id);
        await faulty.Bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await faulty.Bucket.Conversation("c-1")).Status);
    }
}
