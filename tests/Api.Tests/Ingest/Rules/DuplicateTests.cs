using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class DuplicateTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_row_that_stands_twice_in_a_file_is_stored_once()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), Arranged.Row("c-1"), Arranged.Row("c-1")]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 2);
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((1, ConversationStatus.Completed), (conversation.Revision, conversation.Status));
    }

    [SkippableFact]
    public async Task A_row_that_stands_in_two_files_is_stored_once()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.Ingest();
        await bucket.PutChats("b.csv", "c-2", "c-3");

        await bucket.Ingest();

        (await bucket.File("a.csv")).Is(FileStatus.Ingested, accepted: 2);
        (await bucket.File("b.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        Assert.Equal((await bucket.File("a.csv")).Id, (await bucket.Conversation("c-2")).FileId);
    }

    [SkippableFact]
    public async Task A_file_that_did_not_change_is_not_read_again()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var before = await bucket.File("day.csv");

        var scan = await bucket.Ingest();

        Assert.Equal((0, 0, 2), (scan.Counts.Discovered, scan.Counts.Changed, scan.Counts.Listed));
        Assert.Equal(before.Version, (await bucket.File("day.csv")).Version);
        Assert.Equal(1, await bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task Case_and_blanks_that_mean_nothing_make_no_revision()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), Arranged.Row(" c-1 ", agent: "Ana@Shop.Example", script: "chats/c-1.json ")]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
    }

    [SkippableFact]
    public async Task A_connector_that_is_removed_and_added_again_ingests_nothing_twice()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1", "c-2");
        await bucket.Ingest();
        var before = await bucket.Conversation("c-1");

        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");
        var again = await bucket.Client.CreateConnectorAsync(IngestHost.Input(bucket.S3, bucket.Bucket));
        var scan = await bucket.Ingest(again.Id);

        Assert.Equal((0, 0), (scan.Counts.Discovered, scan.Counts.Changed));
        Assert.Equal(before.Version, (await bucket.Conversation("c-1")).Version);
        Assert.Equal(1, await bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task What_a_removed_connector_left_held_is_released_by_the_next_one()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", queue: "Q2")]);
        await bucket.Ingest();

        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");
        var again = bucket with { Connector = await bucket.Client.CreateConnectorAsync(IngestHost.Input(bucket.S3, bucket.Bucket)) };
        var unmapped = Assert.Single((await bucket.Client.GetQueueMappingsAsync(again.Connector.Id)).Unmapped);
        Assert.Equal(("Q2", 1), (unmapped.ExternalId, unmapped.Held));
        await again.MapQueue("Q2");
        await again.Idle();

        Assert.Equal(ConversationStatus.Completed, (await again.Conversation("c-1")).Status);
    }
}
