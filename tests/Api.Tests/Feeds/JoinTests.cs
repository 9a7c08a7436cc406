using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Call records and sales find their conversation by namespace and external id, whichever comes first.</summary>
[Collection(FeedCollection.Name)]
public sealed class JoinTests(FeedHost host)
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_records_and_sales_are_shown_with_their_conversation(bool rowsFirst)
    {
        var bucket = await host.ArrangeFeeds();
        Func<Task>[] steps =
        [
            async () =>
            {
                await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"), Call("c-9"));
                await bucket.PutSealed(Directory("sales_methods_attribution"), SaleHeader, Sale("t-1", "c-1"), Sale("t-2", ""), Sale("t-1", "c-1"));
            },
            () => bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"), Message("c-2", "Hello")),
        ];
        foreach (var step in rowsFirst ? steps : steps.Reverse())
        {
            await step();
            await bucket.Ingest();
        }

        var conversation = await bucket.Client.GetConversationAsync((await bucket.Conversation("c-1")).Id);
        Assert.Equal(("c-1", "Resolved"), Assert.Single(conversation.CallRecords!) is var call ? (call.ExternalConversationId, call.DispositionCategory) : default);
        Assert.Equal(["t-1", "t-1"], conversation.Sales!.Select(s => s.TransactionId));
        Assert.Equal(Channel.Voice, conversation.Channel);
        Assert.Empty((await bucket.Client.GetConversationAsync((await bucket.Conversation("c-2")).Id)).CallRecords!);
        Assert.Null(Assert.Single((await bucket.Client.ListCallRecordsAsync(externalConversationId: "c-9")).Items).ConversationId);
        Assert.Equal(["unattributed"], Assert.Single((await bucket.Client.ListSalesAsync(transactionId: "t-2")).Items).Warnings);
        Assert.Equal(["c-1", "c-2"], await bucket.ConversationIds());
    }

    [SkippableFact]
    public async Task More_than_one_conversation_of_the_name_gets_none()
    {
        var bucket = await host.ArrangeFeeds(change: input => input with { Namespace = "shared" });
        var chats = await bucket.Client.CreateConnectorAsync(
            IngestHost.Input(bucket.S3, bucket.Bucket, "chats/") with { Name = "Chats", Format = "conversation-json", Namespace = "shared" });
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        await bucket.Client.CreateAgentAsync(new() { Name = "Ben", ExternalId = "agent-8" });
        await bucket.S3.Put(bucket.Bucket, "chats/a.jsonl", Chat.Lines(Chat.Of("c-1"), Chat.Of("c-2")));
        await bucket.Ingest(chats.Id);
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"), Call("c-2"));
        await bucket.Ingest();
        var first = await bucket.Conversation("c-1");
        Assert.Equal(first.Id, Assert.Single((await bucket.Client.ListCallRecordsAsync(externalConversationId: "c-1")).Items).ConversationId);
        Assert.Equal((Channel.Chat, 1), (first.Channel, first.Revision));

        await bucket.S3.Put(bucket.Bucket, "chats/b.jsonl", Chat.Lines(Chat.Of("c-1", "agent-8")));
        await bucket.Ingest(chats.Id);

        var ambiguous = Assert.Single((await bucket.Client.ListCallRecordsAsync(externalConversationId: "c-1")).Items);
        Assert.Null(ambiguous.ConversationId);
        Assert.Contains("ambiguous_conversation", ambiguous.Warnings);
        Assert.Empty((await bucket.Client.GetConversationAsync(first.Id)).CallRecords!);
        Assert.NotNull(Assert.Single((await bucket.Client.ListCallRecordsAsync(externalConversationId: "c-2")).Items).ConversationId);
    }
}
