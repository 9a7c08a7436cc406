using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest;

public sealed class QualityCsvFlowTests(IngestHost host) : IClassFixture<IngestHost>
{
    [SkippableFact]
    public async Task A_chat_in_a_bucket_becomes_a_measured_conversation()
    {
        var bucket = await host.Arrange();
        var queue = await bucket.MapQueue("Q1");
        var agent = await bucket.AddAgent("ana@shop.example");
        await bucket.PutChats("day.csv", "c-1", "c-2");

        var scan = await bucket.Ingest();

        Assert.Equal((ScanStatus.Completed, 1), (scan.Status, scan.Counts.Discovered));
        var file = await bucket.File("day.csv");
        Assert.Equal(FileStatus.Ingested, file.Status);
        Assert.Equal((2, 2, 0), (file.Counts.RowsRead, file.Counts.Accepted, file.Counts.Rejected));
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, queue, agent), (conversation.Status, conversation.QueueId, conversation.AgentId));
        Assert.Equal((4, 2, 2), (conversation.Metrics!.Utterances, conversation.Metrics.AgentMessages, conversation.Metrics.CustomerMessages));
        Assert.Equal(20_000, conversation.Metrics.FirstResponseMs);
        var transcript = await bucket.Client.GetTranscriptAsync(conversation.Id);
        Assert.Equal("Good morning, this is about my order.", transcript.Utterances[0].Text);
        var events = await bucket.Client.ListConversationEventsAsync(conversation.Id);
        Assert.Equal(["conversation_received", "transcript_attached", "conversation_completed"], events.Select(e => e.Type));
    }

    [SkippableFact]
    public async Task What_is_held_is_released_by_the_mapping_and_the_agent_it_waits_for()
    {
        var bucket = await host.Arrange();
        await bucket.PutChats("day.csv", "c-1", "c-2");

        await bucket.Ingest();

        var held = await bucket.Conversation("c-1");
        Assert.Equal(ConversationStatus.Held, held.Status);
        Assert.Equal([HoldReason.Queue, HoldReason.Agent], held.Holds);
        var mappings = await bucket.Client.GetQueueMappingsAsync(bucket.Connector.Id);
        var unmapped = Assert.Single(mappings.Unmapped);
        Assert.Equal(("Q1", 2), (unmapped.ExternalId, unmapped.Held));

        await bucket.MapQueue("Q1");
        await bucket.Idle();
        Assert.Equal([HoldReason.Agent], (await bucket.Conversation("c-1")).Holds);

        await bucket.AddAgent("Ana@Shop.example");
        await bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
    }
}
