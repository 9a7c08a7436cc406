using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class FileTests(IngestHost host)
{
    [SkippableTheory]
    [InlineData("test.csv", "conversationId\nc-1\n", "test_file")]
    [InlineData("day.csv", "", "empty_file")]
    public async Task The_connection_tests_file_and_an_empty_one_are_skipped(string name, string content, string code)
    {
        var bucket = await host.ArrangeReady();
        await bucket.S3.Put(bucket.Bucket, $"calls/{name}", content);

        var scan = await bucket.Ingest();

        var file = await bucket.File(name);
        file.Is(FileStatus.Skipped);
        Assert.Equal((code, 1, 1), (file.ErrorCode, scan.Counts.Discovered, scan.Counts.Skipped));
    }

    [SkippableFact]
    public async Task Media_beside_the_files_is_no_file()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1", "c-2");

        var scan = await bucket.Ingest();

        Assert.Equal((3, 1), (scan.Counts.Listed, scan.Counts.Discovered));
        Assert.Single((await bucket.Client.ListFilesAsync()).Items);
    }

    [SkippableFact]
    public async Task A_removed_file_is_marked_and_its_conversations_stay()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        await bucket.S3.Delete(bucket.Bucket, "calls/day.csv");

        var scan = await bucket.Ingest();

        Assert.Equal(1, scan.Counts.Removed);
        var file = await bucket.File("day.csv");
        Assert.True(file.Removed);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
        Assert.Equal(0, (await bucket.Ingest()).Counts.Removed);
    }

    [SkippableFact]
    public async Task A_file_that_comes_back_has_changed_and_is_read_again()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        await bucket.S3.Delete(bucket.Bucket, "calls/day.csv");
        await bucket.Ingest();
        await bucket.PutChats("day.csv", "c-1");

        var scan = await bucket.Ingest();

        Assert.Equal((0, 1), (scan.Counts.Discovered, scan.Counts.Changed));
        var file = await bucket.File("day.csv");
        file.Is(FileStatus.Ingested, accepted: 1);
        Assert.False(file.Removed);
        Assert.Equal(
            ["file_discovered", "file_started", "file_ingested", "file_removed", "file_changed", "file_started", "file_ingested"],
            (await bucket.Client.ListFileEventsAsync(file.Id)).Select(e => e.Type));
        Assert.Equal(1, await bucket.FilesCharged());
    }

    [SkippableFact]
    public async Task Files_from_before_the_bound_are_ignored_until_it_is_lifted()
    {
        var bucket = await host.ArrangeReady(input => input with { Source = input.Source with { IngestFrom = DateTimeOffset.UtcNow.AddDays(1) } });
        await bucket.PutChats("day.csv", "c-1");
        var scan = await bucket.Ingest();
        Assert.Equal((0, 1), (scan.Counts.Discovered, scan.Counts.Ignored));
        Assert.Empty((await bucket.Client.ListFilesAsync()).Items);

        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", IngestHost.Input(bucket.S3, bucket.Bucket));
        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    [SkippableFact]
    public async Task Keys_are_taken_as_they_are()
    {
        var bucket = await host.ArrangeReady();
        string[] names = ["über tag+1 50%.csv", "a%20b.csv", "a b.csv", "a+b.csv", "東京/день:1.csv", "🎧.csv"];
        for (var i = 0; i < names.Length; i++)
        {
            await bucket.S3.Put(bucket.Bucket, $"calls/scripts/Gespräch {i}+%41.json", """{"1":{"type":"USER","text":"Hi","timestamp":1749562200000,"userId":"u"}}""");
            await bucket.PutCsv(names[i], [Arranged.Row($"c-{i}", script: $"scripts/Gespräch {i}+%41.json")]);
        }

        await bucket.Ingest();

        var files = (await bucket.Client.ListFilesAsync()).Items;
        Assert.Equal(names.Select(n => "calls/" + n).Order(StringComparer.Ordinal), files.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.All(files, file => file.Is(FileStatus.Ingested, accepted: 1));
        Assert.Equal(names.Length, (await bucket.Client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count);
    }
}
