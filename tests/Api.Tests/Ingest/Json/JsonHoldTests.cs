using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

[Collection(JsonCollection.Name)]
public sealed class JsonHoldTests(JsonHost host)
{
    private static readonly string[] Released =
        ["conversation_received", "conversation_held", "conversation_released", "transcript_attached", "conversation_completed"];

    [SkippableFact]
    public async Task A_conversation_of_an_unknown_agent_keeps_its_words_and_completes_when_the_agent_is_made()
    {
        var bucket = await host.ArrangeJson();
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1", more: ",\"csat_score\":3")));
        await bucket.Ingest();
        (await bucket.File("day.jsonl")).Is(FileStatus.Ingested, held: 1);
        var held = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Held, 3), (held.Status, held.CsatScore));
        Assert.Equal([HoldReason.Agent], held.Holds);
        await bucket.S3.Delete(bucket.Bucket, "calls/day.jsonl");

        var agent = await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        await bucket.Idle();

        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, agent.Id, 4), (conversation.Status, conversation.AgentId, conversation.Metrics!.Utterances));
        Assert.Equal("m-0", (await bucket.Client.GetTranscriptAsync(conversation.Id)).Utterances[0].MessageId);
        Assert.Equal(Released, await Events(bucket, conversation));
    }

    [SkippableFact]
    public async Task An_agent_is_known_by_external_id_before_e_mail_and_by_default_at_last()
    {
        var bucket = await host.ArrangeJson(input => input with { DefaultAgentEmail = "desk@shop.example" });
        var byId = (await bucket.Client.CreateAgentAsync(new() { Name = "By id", ExternalId = "Ben@shop.example" })).Id;
        var byMail = await bucket.AddAgent("ben@shop.example");
        var desk = await bucket.AddAgent("desk@shop.example");
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(
            Chat.Of("c-1", agent: "Ben@shop.example"), Chat.Of("c-2", agent: "BEN@shop.example"), Chat.Of("c-3", agent: "nobody")));

        await bucket.Ingest();

        Assert.Equal((byId, byMail, desk), ((await bucket.Conversation("c-1")).AgentId, (await bucket.Conversation("c-2")).AgentId, (await bucket.Conversation("c-3")).AgentId));
        Assert.Equal(["agent_defaulted"], (await bucket.Conversation("c-3")).Warnings);
        Assert.Empty((await bucket.Conversation("c-2")).Warnings);
    }

    [SkippableFact]
    public async Task The_default_queue_takes_what_names_none_and_cannot_be_deleted()
    {
        var bucket = await host.ArrangeJsonReady();
        var queue = await bucket.Client.CreateQueueAsync(new() { Name = "Chats" });
        var input = JsonInput(bucket) with { DefaultQueue = queue.Id };
        Assert.Equal(queue.Id, (await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", input)).DefaultQueue);
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1")));

        await bucket.Ingest();

        Assert.Equal(queue.Id, (await bucket.Conversation("c-1")).QueueId);
        Assert.Equal("queue_in_use", (await Answer.Problem(() => bucket.Client.DeleteQueueAsync(queue.Id, "*"))).Code);
        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", JsonInput(bucket));
        await bucket.Client.DeleteQueueAsync(queue.Id, "*");
    }

    [SkippableFact]
    public async Task The_default_queue_of_a_removed_connector_can_be_deleted()
    {
        var bucket = await host.ArrangeJson();
        var queue = await bucket.Client.CreateQueueAsync(new() { Name = "Chats" });
        await bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", JsonInput(bucket) with { DefaultQueue = queue.Id });

        await bucket.Client.DeleteConnectorAsync(bucket.Connector.Id, "*");

        await bucket.Client.DeleteQueueAsync(queue.Id, "*");
    }

    [SkippableFact]
    public async Task A_default_queue_must_be_the_tenants_own()
    {
        var bucket = await host.ArrangeJson();
        var others = await (await host.NewTenant()).Client.CreateQueueAsync(new() { Name = "Chats" });

        var refused = await Answer.Problem(() => bucket.Client.ReplaceConnectorAsync(
            bucket.Connector.Id, "*", JsonInput(bucket) with { DefaultQueue = others.Id }));

        Assert.Equal(("#/defaultQueue", "unknown_queue"), refused.Errors!.Select(e => (e.Pointer, e.Code)).Single());
    }

    [SkippableFact]
    public async Task A_connector_has_what_its_format_has_a_use_for()
    {
        var bucket = await host.ArrangeJson();
        var csv = IngestHost.Input(bucket.S3, bucket.Bucket, "csv/") with { Name = "CSV", DefaultQueue = Guid.NewGuid() };
        var paths = new SeparatePaths { VoicePath = $"s3://{bucket.Bucket}/v/", ChatPath = $"s3://{bucket.Bucket}/c/" };
        var json = JsonInput(bucket) with { Name = "JSON", Source = JsonInput(bucket).Source with { Paths = paths } };

        Assert.Equal("#/defaultQueue", (await Answer.Problem(() => bucket.Client.CreateConnectorAsync(csv))).Errors!.Single().Pointer);
        Assert.Equal("#/source/paths", (await Answer.Problem(() => bucket.Client.CreateConnectorAsync(json))).Errors!.Single().Pointer);
        Assert.Equal("#/source/paths", (await Answer.Problem(() => bucket.Client.CreateConnectorAsync(json with { Format = "feeds" }))).Errors!.Single().Pointer);
        Assert.Equal("#/format", (await Answer.Problem(() => bucket.Client.CreateConnectorAsync(json with { Format = "minutes" }))).Errors!.Single().Pointer);
    }

    [SkippableFact]
    public async Task A_retry_measures_again_what_is_stored()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1")));
        await bucket.Ingest();
        await bucket.S3.Delete(bucket.Bucket, "calls/day.jsonl");
        var before = await bucket.Conversation("c-1");

        await bucket.Client.RetryConversationAsync(before.Id);
        await bucket.Idle();

        var after = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, before.Version + 3), (after.Status, after.Version));
        Assert.Equal(before.Metrics, after.Metrics);
        Assert.Equal(
            ["conversation_received", "transcript_attached", "conversation_completed", "conversation_retried", "transcript_attached", "conversation_completed"],
            await Events(bucket, after));
    }

    private static ConnectorInput JsonInput(Arranged bucket) => IngestHost.Input(bucket.S3, bucket.Bucket) with { Format = "conversation-json" };

    private static async Task<IEnumerable<string>> Events(Arranged bucket, Conversation conversation) =>
        (await bucket.Client.ListConversationEventsAsync(conversation.Id)).Select(e => e.Type);
}
