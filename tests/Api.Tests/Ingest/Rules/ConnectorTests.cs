using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class ConnectorTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_row_of_the_wrong_channel_is_refused_in_a_path_of_the_other()
    {
        var bucket = await host.Arrange(input => input with { Source = input.Source with { Paths = Separate((UnifiedPath)input.Source.Paths) } });
        await bucket.MapQueue("Q1");
        await bucket.AddAgent(Arranged.Agent);
        await bucket.PutScript("c-1");
        await bucket.PutCsv("voice/day.csv", [Arranged.Row("c-1", script: "calls/chats/c-1.json")]);
        await bucket.PutCsv("chat/day.csv", [Arranged.Row("c-1", script: "calls/chats/c-1.json")]);

        await bucket.Ingest();

        (await bucket.File("chat/day.csv")).Is(FileStatus.Ingested, accepted: 1);
        var voice = await bucket.File("voice/day.csv");
        voice.Is(FileStatus.PartiallyIngested, rejected: 1);
        Assert.Equal("wrong_channel", Assert.Single((await bucket.Client.ListRejectionsAsync(voice.Id)).Items).Code);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableFact]
    public async Task A_queue_that_only_a_removed_connector_maps_to_can_be_deleted()
    {
        var bucket = await host.Arrange();
        var queue = await bucket.MapQueue("Q1");
        await Answer.Refused(409, "queue_in_use", () => bucket.Client.DeleteQueueAsync(queue, "*"));

        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");
        await bucket.Client.DeleteQueueAsync(queue, "*");

        await Answer.Refused(404, "not_found", () => bucket.Client.GetQueueAsync(queue));
    }

    [SkippableFact]
    public async Task An_unknown_agent_is_replaced_by_the_default_one_with_a_warning()
    {
        var bucket = await host.Arrange(input => input with { DefaultAgentEmail = "Standin@shop.example" });
        await bucket.MapQueue("Q1");
        var standIn = await bucket.AddAgent("standin@shop.example");
        await bucket.PutChats("day.csv", "c-1");

        await bucket.Ingest();

        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, standIn), (conversation.Status, conversation.AgentId));
        Assert.Equal(["agent_defaulted"], conversation.Warnings);
        Assert.Equal(Arranged.Agent, conversation.AgentEmail);
    }

    [SkippableFact]
    public async Task A_default_agent_that_is_set_later_releases_what_waited_for_an_agent()
    {
        var bucket = await host.Arrange();
        await bucket.MapQueue("Q1");
        await bucket.AddAgent("standin@shop.example");
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        Assert.Equal([HoldReason.Agent], (await bucket.Conversation("c-1")).Holds);

        var input = IngestHost.Input(bucket.S3, bucket.Bucket) with { DefaultAgentEmail = "standin@shop.example" };
        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", input);
        await bucket.Idle();

        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableTheory]
    [InlineData("calls/")]
    [InlineData("calls/2025/")]
    [InlineData("")]
    public async Task Enabled_connectors_of_one_source_do_not_overlap(string prefix)
    {
        var bucket = await host.Arrange();
        var input = Other(bucket, prefix);

        await Answer.Refused(409, "paths_overlap", () => bucket.Client.CreateConnectorAsync(input));

        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await bucket.Client.CreateConnectorAsync(input);
        await Answer.Refused(409, "paths_overlap", () => bucket.Client.EnableConnectorAsync(bucket.Connector.Id));
    }

    [SkippableFact]
    public async Task A_prefix_that_only_begins_alike_does_not_overlap_and_is_not_read()
    {
        var bucket = await host.ArrangeReady();
        await bucket.Client.CreateConnectorAsync(Other(bucket, "calls2/"));
        await bucket.S3.Put(bucket.Bucket, "calls2/day.csv", Arranged.Header + "\n" + Arranged.Row("c-1") + "\n");

        Assert.Equal(0, (await bucket.Ingest()).Counts.Listed);
    }

    [SkippableFact]
    public async Task Connectors_that_share_a_namespace_share_identities()
    {
        var bucket = await host.ArrangeReady(input => input with { Namespace = "all" });
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var input = Other(bucket, "more/") with { Namespace = "all" };
        var second = await bucket.Client.CreateConnectorAsync(input);
        await bucket.S3.Put(bucket.Bucket, "more/day.csv", Arranged.Header + "\n" + Arranged.Row("c-1") + "\n");

        await bucket.Ingest(second.Id);

        Assert.Single((await bucket.Client.ListFilesAsync(connectorId: second.Id)).Items).Is(FileStatus.Ingested, duplicate: 1);
        Assert.Equal(bucket.Connector.Id, (await bucket.Conversation("c-1")).ConnectorId);
    }

    [SkippableFact]
    public async Task Connectors_of_other_namespaces_may_use_the_same_ids()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var input = Other(bucket, "more/") with { Namespace = "more" };
        var second = bucket with { Connector = await bucket.Client.CreateConnectorAsync(input) };
        await second.MapQueue("Q1");
        await bucket.S3.Put(bucket.Bucket, "more/day.csv", Arranged.Header + "\n" + Arranged.Row("c-1", script: "calls/chats/c-1.json") + "\n");

        await second.Ingest();

        Assert.Equal(2, (await bucket.Client.ListConversationsAsync(externalId: "c-1", status: ConversationStatus.Completed)).Items.Count);
    }

    [SkippableFact]
    public async Task A_connector_that_is_pointed_elsewhere_reads_nothing_there_for_what_it_left_undone()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var conversation = await bucket.Conversation("c-1");
        var elsewhere = bucket with { Bucket = await bucket.S3.NewBucket() };
        await elsewhere.PutScript("c-1", "Somebody else's chat.");
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        await bucket.Client.RetryConversationAsync(conversation.Id);
        await bucket.Client.RetryFileAsync((await bucket.File("day.csv")).Id);

        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", IngestHost.Input(bucket.S3, elsewhere.Bucket));
        await bucket.Client.EnableConnectorAsync(bucket.Connector.Id);
        await bucket.Idle();

        Assert.Equal("connector_removed", (await bucket.Conversation("c-1")).ErrorCode);
        Assert.Equal(FileStatus.Discovered, (await bucket.File("day.csv")).Status);

        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", IngestHost.Input(bucket.S3, bucket.Bucket));
        await bucket.Client.RetryConversationsAsync(new() { Code = "connector_removed" });
        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Equal("Good morning, this is about my order.", (await bucket.Client.GetTranscriptAsync(conversation.Id)).Utterances[0].Text);
    }

    [SkippableTheory]
    [InlineData("shop.example", true)]
    [InlineData("shop.example:8443", true)]
    [InlineData("10.0.0.1:443", true)]
    [InlineData("shop.example:0", false)]
    [InlineData("shop.example:65536", false)]
    [InlineData("shop.example:+1", false)]
    [InlineData("shop.example:1:2", false)]
    [InlineData("https://shop.example", false)]
    [InlineData(":443", false)]
    public async Task An_allowed_host_may_have_a_port(string allowed, bool taken)
    {
        Func<ConnectorInput, ConnectorInput> change = input => input with { Source = input.Source with { AllowedHosts = [allowed] } };

        if (taken)
            Assert.Equal([allowed], (await host.Arrange(change)).Connector.Source!.AllowedHosts);
        else
            Assert.Equal("invalid_host", Assert.Single((await Answer.Problem(() => host.Arrange(change))).Errors).Code);
    }

    private static SeparatePaths Separate(UnifiedPath path) => new() { VoicePath = path.Path + "voice/", ChatPath = path.Path + "chat/" };

    private static ConnectorInput Other(Arranged bucket, string prefix) =>
        IngestHost.Input(bucket.S3, bucket.Bucket, prefix) with { Name = "Other" };
}
