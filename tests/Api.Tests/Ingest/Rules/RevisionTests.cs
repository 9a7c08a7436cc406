using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class RevisionTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_changed_file_revises_the_changed_row_alone()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1", "c-2");
        await bucket.Ingest();
        var untouched = await bucket.Conversation("c-2");
        await bucket.PutScript("c-1-corrected", "Good evening, this is about my invoice.");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", script: "chats/c-1-corrected.json"), Arranged.Row("c-2")]);

        var scan = await bucket.Ingest();

        Assert.Equal((0, 1), (scan.Counts.Discovered, scan.Counts.Changed));
        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        var revised = await bucket.Conversation("c-1");
        Assert.Equal((2, ConversationStatus.Completed), (revised.Revision, revised.Status));
        Assert.Equal("Good evening, this is about my invoice.", (await Said(bucket, revised.Id, null))[0]);
        Assert.Equal("Good morning, this is about my order.", (await Said(bucket, revised.Id, 1))[0]);
        Assert.Equal([2, 1], (await bucket.Client.ListRevisionsAsync(revised.Id)).Select(r => r.Number));
        Assert.Equal(untouched.Version, (await bucket.Conversation("c-2")).Version);
    }

    [SkippableFact]
    public async Task A_row_of_an_object_modified_earlier_loses_although_it_is_read_later()
    {
        var bucket = await host.ArrangeReady(input => input with { Namespace = "shared" });
        await bucket.S3.Put(bucket.Bucket, "old/day.csv", Arranged.Header + "\n" + Arranged.Row("c-1", start: "2025-06-10T13:00:00Z") + "\n");
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var input = IngestHost.Input(bucket.S3, bucket.Bucket, "old/") with { Name = "Old", Namespace = "shared" };
        var old = await bucket.Client.CreateConnectorAsync(input);

        await bucket.Ingest(old.Id);

        Assert.Single((await bucket.Client.ListFilesAsync(keyPrefix: "old/")).Items).Is(FileStatus.Ingested, superseded: 1);
        Assert.Equal(1, (await bucket.Conversation("c-1")).Revision);
    }

    [SkippableFact]
    public async Task A_connector_that_ignores_revisions_counts_them_as_duplicates()
    {
        var bucket = await host.ArrangeReady(input => input with { RevisionPolicy = RevisionPolicy.Ignore });
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "2025-06-10T13:00:00Z")]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, duplicate: 1);
        Assert.Equal(1, (await bucket.Conversation("c-1")).Revision);
    }

    [SkippableFact]
    public async Task A_retry_counts_the_files_own_rows_as_accepted_again()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1");
        await bucket.Ingest();
        await bucket.PutChats("day.csv", "c-1", "c-2", "c-3");
        await bucket.PutCsv("day.csv",
        [
            Arranged.Row("c-1"), Arranged.Row("c-2"), Arranged.Row("c-3", queue: "unmapped"), Arranged.Row("c-2", start: "2025-06-10T13:00:00Z"),
        ]);
        await bucket.Ingest();
        var file = await bucket.File("day.csv");
        file.Is(FileStatus.Ingested, accepted: 2, held: 1, duplicate: 1);

        await bucket.Client.RetryFileAsync(file.Id);
        await bucket.Idle();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 2, held: 1, duplicate: 1);
        Assert.Equal(2, (await bucket.Conversation("c-2")).Revision);
        Assert.Equal(
            ["file_discovered", "file_started", "file_ingested", "file_retried", "file_started", "file_ingested"],
            (await bucket.Client.ListFileEventsAsync(file.Id)).Select(e => e.Type));
    }

    [SkippableFact]
    public async Task A_refused_newer_row_replaces_nothing()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "yesterday")]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.PartiallyIngested, rejected: 1);
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((1, ConversationStatus.Completed), (conversation.Revision, conversation.Status));
    }

    private static async Task<List<string>> Said(Arranged bucket, Guid conversation, int? revision) =>
        [.. (await bucket.Client.GetTranscriptAsync(conversation, revision)).Utterances.Select(u => u.Text)];
}
