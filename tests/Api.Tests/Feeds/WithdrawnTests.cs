using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>A conversation that no feed tells of any more is hidden, not deleted.</summary>
[Collection(FeedCollection.Name)]
public sealed class WithdrawnTests(FeedHost host)
{
    private static readonly string Tenth = Directory("historical_transcripts");

    [SkippableFact]
    public async Task Lists_leave_it_out_unless_they_are_asked_for_it()
    {
        var (bucket, id) = await Withdrawn();

        Assert.Equal(["c-2"], await bucket.ConversationIds());
        var hidden = Assert.Single((await bucket.Client.ListConversationsAsync(status: ConversationStatus.Withdrawn)).Items);
        Assert.Equal((id, ConversationStatus.Withdrawn, 1), (hidden.Id, hidden.Status, hidden.Metrics!.Utterances));
        Assert.Equal(ConversationStatus.Withdrawn, (await bucket.Client.GetConversationAsync(id)).Status);
    }

    [SkippableFact]
    public async Task Its_words_and_sounds_are_refused_and_its_trail_is_shown()
    {
        var (bucket, id) = await Withdrawn();

        foreach (var ask in (Func<Task>[])
        [
            () => bucket.Client.GetTranscriptAsync(id), () => bucket.Client.GetTranscriptAsync(id, 1), () => bucket.Client.GetMembersAsync(id),
            () => bucket.Client.GetRecordingAsync(id), () => bucket.Client.GetWaveformAsync(id),
        ])
        {
            var refused = await Assert.ThrowsAsync<QualityIngestException<Problem>>(ask);
            Assert.Equal((409, "conversation_withdrawn"), (refused.StatusCode, refused.Result.Code));
        }

        Assert.Equal("conversation_withdrawn", (await bucket.EventsOf(id)).Last());
        Assert.Single(await bucket.Client.ListRevisionsAsync(id));
    }

    [SkippableFact]
    public async Task There_is_nothing_to_retry_about_it()
    {
        var (bucket, id) = await Withdrawn();

        var refused = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => bucket.Client.RetryConversationAsync(id));
        await bucket.Client.RetryConversationsAsync(new() { ConnectorId = bucket.Connector.Id });
        await bucket.Idle();

        Assert.Equal((409, "not_retryable"), (refused.StatusCode, refused.Result.Code));
        Assert.Equal(ConversationStatus.Withdrawn, (await bucket.Client.GetConversationAsync(id)).Status);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
    }

    [SkippableFact]
    public async Task It_comes_back_as_it_was_with_the_feed_that_tells_of_it()
    {
        var (bucket, id) = await Withdrawn();
        var before = (await bucket.Client.ListConversationsAsync(status: ConversationStatus.Withdrawn)).Items.Single();
        await bucket.PutSealed(Directory("historical_transcripts", "dt=2025-06-11"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.Ingest();

        var restored = await bucket.Client.GetConversationAsync(id);

        Assert.Equal((ConversationStatus.Completed, 1, before.CompletedAt), (restored.Status, restored.Revision, restored.CompletedAt));
        Assert.Equal(["Hello"], await bucket.Said("c-1"));
        Assert.Equal("conversation_restored", (await bucket.EventsOf(id)).Last());
    }

    [SkippableFact]
    public async Task A_retry_measures_a_conversation_of_feeds_again_from_what_is_stored()
    {
        var (bucket, _) = await Withdrawn();
        var conversation = await bucket.Conversation("c-2");

        await bucket.Client.RetryConversationAsync(conversation.Id);
        await bucket.Idle();

        var again = await bucket.Client.GetConversationAsync(conversation.Id);
        Assert.Equal((ConversationStatus.Completed, 1, conversation.Metrics!.AgentWords), (again.Status, again.Revision, again.Metrics!.AgentWords));
    }

    /// <summary>A day of two conversations, sealed again without the first.</summary>
    private async Task<(Arranged Bucket, Guid Withdrawn)> Withdrawn()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Hello"), Message("c-2", "Hello there"));
        await bucket.Ingest();
        var id = (await bucket.Conversation("c-1")).Id;
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-2", "Hello there"));
        var batch = await bucket.Ingested(Tenth);
        Assert.Equal(1, batch.Conversations.Withdrawn);
        return (bucket, id);
    }
}
