using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>What a feed holds is told by its name, or by the connector; what the connector says can be changed.</summary>
[Collection(FeedCollection.Name)]
public sealed class MappingTests(FeedHost host)
{
    private static readonly string Named = Directory("calls");

    [SkippableFact]
    public async Task An_unmapped_feed_fails_by_name_and_is_imported_as_soon_as_it_is_mapped()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Named, CallHeader, Call("c-1"));
        await bucket.PutLines($"{Directory("calls", "dt=2025-06-11")}a.csv", CallHeader, Call("c-2"));
        var failed = await bucket.Ingested(Named);
        Assert.Equal((BatchStatus.Failed, "feed_kind_unknown", null), (failed.Status, failed.ErrorCode, failed.Kind));

        var replaced = await Map(bucket, ("calls", FeedKind.CallCenterIssues));
        await bucket.Idle();

        Assert.Equal(FeedKind.CallCenterIssues, replaced.Feeds!.Kinds!["calls"]);
        Assert.Equal((BatchStatus.Imported, FeedKind.CallCenterIssues), await bucket.Batch(Named) is var batch ? (batch.Status, batch.Kind!.Value) : default);
        Assert.Equal(["c-1"], await bucket.CallIds());
        Assert.Equal(BatchStatus.AwaitingMarker, (await bucket.Batch(Directory("calls", "dt=2025-06-11"))).Status);
        Assert.Single((await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items);
    }

    [SkippableFact]
    public async Task A_wrong_mapping_is_put_right_and_what_it_brought_is_gone()
    {
        var bucket = await host.ArrangeFeeds(new() { Kinds = new Dictionary<string, FeedKind> { ["talk"] = FeedKind.SalesMethodsAttribution } });
        await bucket.PutSealed(Directory("talk"), TranscriptHeader, Message("c-1", "Hello"));
        var wrong = await bucket.Ingested(Directory("talk"));
        Assert.Equal((BatchStatus.Imported, 0, 2), (wrong.Status, wrong.Counts.Rows.Accepted ?? 0, wrong.Counts.Rows.Rejected));

        await Map(bucket, ("talk", FeedKind.HistoricalTranscripts));
        await bucket.Idle();
        Assert.Equal(["c-1"], await bucket.ConversationIds());

        await Map(bucket, ("talk", FeedKind.CallRecordings));
        await bucket.Idle();
        Assert.Empty(await bucket.ConversationIds());
        Assert.Equal("not_a_recording", (await bucket.FileOf($"{Directory("talk")}part.csv")).ErrorCode);

        await Map(bucket, ("talk", FeedKind.HistoricalTranscripts));
        await bucket.Idle();
        Assert.Equal(["c-1"], await bucket.ConversationIds());
        Assert.Equal((ConversationStatus.Completed, 1), await bucket.Conversation("c-1") is var back ? (back.Status, back.Revision) : default);
    }

    [SkippableFact]
    public async Task A_connector_that_is_made_again_takes_up_what_the_removed_one_could_not_tell()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Named, CallHeader, Call("c-1"));
        await bucket.Ingest();
        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");

        await FeedHost.Another(bucket, "calls/", new() { FixedKind = FeedKind.CallCenterIssues });
        await bucket.Idle();

        Assert.Equal(["c-1"], await bucket.CallIds());
    }

    [SkippableFact]
    public async Task A_connector_fixed_to_transcripts_takes_flat_folders_a_file_a_batch()
    {
        var bucket = await host.ArrangeFeeds(new() { FixedKind = FeedKind.HistoricalTranscripts });
        await bucket.PutLines("2024/march.csv", TranscriptHeader, Message("c-1", "One"));
        await bucket.PutLines("april.csv", Message("c-1", "Two", "2025-06-10T10:01:00Z"), Message("c-2", "Hello"));
        await bucket.PutLines("readme.txt", "Nothing to ingest.");
        await bucket.PutSealed(Directory("chats"), TranscriptHeader, Message("c-3", "Hello"));
        await bucket.Ingest();

        Assert.Equal(["c-1", "c-2", "c-3"], await bucket.ConversationIds());
        Assert.Equal(["One", "Two"], await bucket.Said("c-1"));
        var flat = await bucket.Batch("2024/march.csv");
        Assert.Equal((BatchStatus.Imported, "2024/", "march.csv", FeedKind.HistoricalTranscripts), (flat.Status, flat.Feed, flat.Partition, flat.Kind!.Value));
        Assert.Equal("feed_key_invalid", (await bucket.FileOf("readme.txt")).ErrorCode);

        await bucket.PutLines("2024/march.csv", TranscriptHeader, Message("c-1", "One!"));
        Assert.Equal(1, (await bucket.Ingested("2024/march.csv")).Conversations.Revised);
        Assert.Equal(["One!", "Two"], await bucket.Said("c-1"));
    }

    [SkippableFact]
    public async Task The_namespace_is_fixed_by_a_batch_even_where_no_conversation_came_of_it()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"));
        await bucket.Ingest();

        await Answer.Refused(409, "namespace_fixed", () => bucket.Client.ReplaceConnectorAsync(
            bucket.Connector.Id, "*", Input(bucket, null) with { Namespace = "another" }));
    }

    [SkippableFact]
    public async Task Settings_that_have_no_use_are_refused_where_they_stand()
    {
        var bucket = await host.ArrangeFeeds();

        var refused = await Answer.Problem(() => bucket.Client.CreateConnectorAsync(Input(bucket, new() { Delimiters = new Dictionary<string, string> { ["topic/x"] = "," } }) with
        {
            Name = "Other",
            DefaultAgentEmail = "ana@shop.example",
            RevisionPolicy = RevisionPolicy.Ignore,
        }));

        Assert.Equal(
            ["#/defaultAgentEmail", "#/feeds/delimiters/topic~1x", "#/revisionPolicy"], refused.Errors!.Select(e => e.Pointer).Order(StringComparer.Ordinal));
        var csv = IngestHost.Input(bucket.S3, bucket.Bucket, "csv/") with { Name = "CSV", Feeds = new() };
        Assert.Equal("#/feeds", (await Answer.Problem(() => bucket.Client.CreateConnectorAsync(csv))).Errors!.Single().Pointer);
        Assert.Null((await bucket.Client.CreateConnectorAsync(csv with { Feeds = null })).Feeds);
    }

    [SkippableFact]
    public async Task A_connector_of_feeds_is_tested_and_is_scanned_every_day()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"));
        await bucket.PutSealed(Named, CallHeader, Call("c-1"));

        var report = await bucket.Client.TestConnectorAsync(bucket.Connector.Id);

        Assert.True(report.Passed);
        Assert.Equal(
            "feed_kind_unknown",
            Assert.Single(report.Checks.Single(c => c.Name == ConnectionCheckName.FileFormat).Details).Code);
        var schedule = await bucket.Client.GetScheduleAsync(bucket.Connector.Id);
        Assert.Equal((4, 0), (schedule.Next[0].UtcDateTime.Hour, schedule.Next[0].UtcDateTime.Minute));
    }

    private static Task<Connector> Map(Arranged bucket, params (string Feed, FeedKind Kind)[] kinds) =>
        bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", Input(bucket, new() { Kinds = kinds.ToDictionary(k => k.Feed, k => k.Kind) }));

    private static ConnectorInput Input(Arranged bucket, FeedSettings? feeds) =>
        IngestHost.Input(bucket.S3, bucket.Bucket) with { Format = "feeds", Feeds = feeds };
}
