using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Messages become conversations, whatever the order and the files that they come in.</summary>
[Collection(FeedCollection.Name)]
public sealed class TranscriptTests(FeedHost host)
{
    private static readonly string Tenth = Directory("historical_transcripts");
    private static readonly string Eleventh = Directory("historical_transcripts", "dt=2025-06-11");

    [SkippableTheory]
    [InlineData("csv", true)]
    [InlineData("csv", false)]
    [InlineData("jsonl", false)]
    public async Task Messages_in_any_order_and_in_several_files_are_grouped_and_sorted(string encoding, bool header)
    {
        var bucket = await host.ArrangeFeeds();
        var directory = Directory("historical_transcripts", format: encoding);
        Func<string, string, string, string, string> message = encoding == "csv" ? Message : MessageJson;
        string[] lines =
        [
            .. from n in Enumerable.Range(0, 25).Reverse()
               from c in new[] { "c-1", "c-2" }
               select message(c, $"{c} says {n}", $"2025-06-10T10:{n:00}:00.5Z", n % 2 == 0 ? "customer" : "agent"),
        ];
        foreach (var (chunk, n) in lines.Chunk(15).Select((chunk, n) => (chunk, n)))
            await bucket.PutLines($"{directory}{9 - n}.{encoding}", header ? [TranscriptHeader, .. chunk] : chunk);
        await bucket.Seal(directory);

        var batch = await bucket.Ingested(directory);

        Assert.Equal((BatchStatus.Imported, 4, 50, 2), (batch.Status, batch.Counts.Files, batch.Counts.Rows.Accepted, batch.Conversations.Received));
        Assert.Equal(["c-1", "c-2"], await bucket.ConversationIds());
        Assert.Equal(Enumerable.Range(0, 25).Select(n => $"c-1 says {n}"), await bucket.Said("c-1"));
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal(
            (ConversationStatus.Completed, Channel.Unknown, RecordingType.Transcription, 1, 25, 12, 13),
            (conversation.Status, conversation.Channel, conversation.RecordingType, conversation.Revision, conversation.Metrics!.Utterances,
                conversation.Metrics.AgentMessages, conversation.Metrics.CustomerMessages));
        Assert.Equal(TimeSpan.FromMinutes(24), conversation.EndedAt - conversation.StartedAt);
    }

    [SkippableFact]
    public async Task A_chat_over_midnight_is_one_conversation_and_a_resealed_day_replaces_its_own_part()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Good evening", "2025-06-10T23:58:00Z"), Message("c-1", "Hello", "2025-06-10T23:59:00Z"));
        await bucket.Ingest();
        await bucket.PutSealed(Eleventh, TranscriptHeader, Message("c-1", "Good night", "2025-06-11T00:01:00Z"));
        await bucket.Ingest();

        Assert.Equal(["Good evening", "Hello", "Good night"], await bucket.Said("c-1"));
        Assert.Equal(2, (await bucket.Conversation("c-1")).Revision);

        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Good evening!", "2025-06-10T23:58:00Z"));
        var resealed = await bucket.Ingested(Tenth);

        Assert.Equal(1, resealed.Conversations.Revised);
        Assert.Equal(["Good evening!", "Good night"], await bucket.Said("c-1"));
        Assert.Equal(3, (await bucket.Conversation("c-1")).Revision);
    }

    [SkippableFact]
    public async Task The_same_words_again_leave_a_conversation_as_it_is()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Hello"), Message("c-2", "Hello"));
        await bucket.Ingest();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-2", "Hello"), Message("c-1", "Hello"));

        var again = await bucket.Ingested(Tenth);

        Assert.Equal((2, 0, 0), (again.Conversations.Unchanged, again.Conversations.Revised ?? 0, again.Conversations.Received ?? 0));
        Assert.Equal(["conversation_received", "transcript_attached", "conversation_completed"], await bucket.EventsOf((await bucket.Conversation("c-1")).Id));
    }

    [SkippableFact]
    public async Task A_message_of_nobody_that_is_known_is_refused_and_the_conversation_goes_on()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Hello"), Message("c-1", "Hello?", role: "parrot"), Message("c-1", "Welcome", role: "bot"));
        await bucket.Ingest();

        Assert.Equal([(3, "sender_role", "role_invalid")], await bucket.FaultsOf(await bucket.FileOf($"{Tenth}part.csv")));
        Assert.Equal(1, (await bucket.Conversation("c-1")).Metrics!.BotMessages);
    }

    [SkippableFact]
    public async Task Nothing_is_held_for_queue_or_agent_and_a_call_record_says_that_it_was_a_call()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Tenth, TranscriptHeader, Message("c-1", "Hello"), Message("c-1", "Goodbye", "2025-06-10T10:04:00Z"));
        await bucket.Ingest();
        var chat = await bucket.Conversation("c-1");
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"));
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, Channel.Unknown, 1), (chat.Status, chat.Channel, chat.Revision));
        Assert.Equal((ConversationStatus.Completed, Channel.Voice, 2), (call.Status, call.Channel, call.Revision));
        Assert.Empty(call.Holds);
        Assert.Equal(TimeSpan.FromMinutes(4), call.EndedAt - call.StartedAt);
    }
}
