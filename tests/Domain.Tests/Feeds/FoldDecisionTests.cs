using System.Text;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class FoldDecisionTests
{
    private const int Limit = 1_000;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01234567-89ab-8cde-8f01-23456789abcd");
    private static readonly Guid Connector = Guid.Parse("11111111-89ab-8cde-8f01-23456789abcd");
    private static readonly Guid Other = Guid.Parse("22222222-89ab-8cde-8f01-23456789abcd");

    [Fact]
    public void Messages_make_a_conversation_that_is_whole_at_once()
    {
        var decision = Decide(null, Facts(Part("hello")));

        Assert.Equal([typeof(ConversationReceived), typeof(TranscriptAttached), typeof(ConversationCompleted)], Types(decision));
        Assert.Equal(new FoldCounts(Received: 1), decision.Counts);
        Assert.Equal((Channel.Unknown, RecordingType.Transcription, true), (decision.Row!.Channel, decision.Row.RecordingType, decision.Row.LanguageAssumed));
        Assert.Equal((Noon, Noon.AddSeconds(60)), (decision.Row.StartedAt, decision.Row.EndedAt));
        var received = (ConversationReceived)decision.Events[0];
        Assert.Equal(("ns", true, Connector, Noon.AddDays(1)), (received.Namespace, received.FromFeeds, received.ConnectorId, received.Origin.LastModified));
    }

    [Fact]
    public void A_call_record_beside_messages_says_that_they_were_spoken_and_no_more()
    {
        var row = Decide(null, Facts(Part("hello")) with { Call = Call }).Row!;

        Assert.Equal((Channel.Voice, Noon, Noon.AddSeconds(60)), (row.Channel, row.StartedAt, row.EndedAt));
    }

    [Fact]
    public void A_recording_beside_messages_is_to_be_measured()
    {
        var decision = Decide(null, Facts(Part("hello")) with { Recording = Recording("1") });

        Assert.Equal([typeof(ConversationReceived), typeof(TranscriptAttached)], Types(decision));
        Assert.Equal((Channel.Voice, RecordingType.Recording, "calls/x.wav", "1"), (decision.Row!.Channel, decision.Row.RecordingType, decision.Row.Recording, decision.Row.RecordingEtag));
        Assert.Equal(ConversationStatus.Processing, After(null, decision).Status);
        Assert.Equal((Other, "calls/x.wav"), (After(null, decision).ConnectorId, After(null, decision).Origin.Key));
    }

    [Fact]
    public void A_recording_and_a_call_record_make_a_conversation_of_the_calls_times()
    {
        var decision = Decide(null, Facts() with { Recording = Recording("1"), Call = Call });

        Assert.Equal([typeof(ConversationReceived)], Types(decision));
        Assert.Equal((Call.StartedAt, Call.EndedAt), (decision.Row!.StartedAt, decision.Row.EndedAt));
        Assert.Equal((Other, "calls/x.wav"), (After(null, decision).ConnectorId, After(null, decision).Origin.Key));
    }

    [Fact]
    public void A_recording_alone_waits_and_a_call_record_alone_is_none()
    {
        foreach (var facts in (FeedFacts[])[Facts() with { Recording = Recording("1") }, Facts() with { Call = Call }, Facts()])
        {
            var decision = Decide(null, facts);

            Assert.Empty(decision.Events);
            Assert.Equal(new FoldCounts(), decision.Counts);
        }
    }

    [Fact]
    public void The_same_facts_again_change_nothing()
    {
        var state = After(null, Decide(null, Facts(Part("hello"))));

        var again = Decide(state, Facts(Part("hello") with { Origin = Origin with { FileId = Other, Line = 99 }, ConnectorId = Other }));

        Assert.Empty(again.Events);
        Assert.Equal(new FoldCounts(Unchanged: 1), again.Counts);
    }

    [Theory]
    [InlineData("words")]
    [InlineData("call")]
    [InlineData("recording")]
    [InlineData("another version of the recording")]
    public void Other_facts_are_the_next_revision_whatever_was_sealed_when(string change)
    {
        var facts = Facts(Part("hello"));
        if (change == "another version of the recording")
            facts = facts with { Recording = Recording("1") };
        var state = After(null, Decide(null, facts));

        var decision = Decide(state, change switch
        {
            "words" => Facts(Part("goodbye") with { Origin = Origin with { LastModified = Noon.AddYears(-1) } }),
            "call" => facts with { Call = Call },
            "recording" => facts with { Recording = Recording("1") },
            _ => facts with { Recording = Recording("2") },
        });

        Assert.Equal((typeof(ConversationRevised), 2), (Types(decision)[0], After(state, decision).Revision));
        Assert.Equal(new FoldCounts(Revised: 1), decision.Counts);
        Assert.True(After(state, decision).FromFeeds);
    }

    [Fact]
    public void What_nothing_tells_of_any_more_is_withdrawn_once()
    {
        var state = After(null, Decide(null, Facts(Part("hello"))));

        var decision = Decide(state, Facts());
        var again = Decide(After(state, decision), Facts() with { Call = Call });

        Assert.Equal(new object[] { new ConversationWithdrawn(1) }, decision.Events);
        Assert.Equal((new FoldCounts(Withdrawn: 1), new FoldCounts(Unchanged: 1)), (decision.Counts, again.Counts));
        Assert.Empty(again.Events);
    }

    [Fact]
    public void The_same_again_restores_it_with_its_numbers()
    {
        var told = After(null, Decide(null, Facts(Part("hello"))));
        var withdrawn = After(told, Decide(told, Facts()));

        var decision = Decide(withdrawn, Facts(Part("hello")));
        var restored = After(withdrawn, decision);

        Assert.Equal(new object[] { new ConversationRestored(1) }, decision.Events);
        Assert.Equal(new FoldCounts(Restored: 1), decision.Counts);
        Assert.Null(decision.Row);
        Assert.Equal((ConversationStatus.Completed, told.Metrics, 5L), (restored.Status, restored.Metrics, restored.Version));
    }

    [Fact]
    public void Other_words_revise_what_was_withdrawn()
    {
        var told = After(null, Decide(null, Facts(Part("hello"))));
        var withdrawn = After(told, Decide(told, Facts()));

        var decision = Decide(withdrawn, Facts(Part("goodbye")));

        Assert.Equal((ConversationStatus.Completed, 2), (After(withdrawn, decision).Status, After(withdrawn, decision).Revision));
        Assert.Equal(new FoldCounts(Revised: 1), decision.Counts);
    }

    [Fact]
    public void What_was_not_whole_when_it_was_withdrawn_is_restored_to_be_read()
    {
        var facts = Facts(Part("hello")) with { Recording = Recording("1") };
        var told = After(null, Decide(null, facts));
        var failed = ConversationState.Apply(told, new ConversationFailed(1, "object_missing", "It is not there.", true));
        var withdrawn = After(failed, Decide(failed, Facts()));

        var restored = After(withdrawn, Decide(withdrawn, facts));

        Assert.Equal((ConversationStatus.Processing, null), (restored.Status, restored.ErrorCode));
    }

    [Fact]
    public void A_conversation_of_another_format_or_that_is_erased_is_left_alone()
    {
        var state = After(null, Decide(null, Facts(Part("hello"))));

        foreach (var untouched in (ConversationState[])[state with { FromFeeds = false }, state with { Status = ConversationStatus.Erased }])
        {
            foreach (var facts in (FeedFacts[])[Facts(Part("goodbye")), Facts()])
            {
                var decision = Decide(untouched, facts);

                Assert.Empty(decision.Events);
                Assert.Equal(new FoldCounts(Unchanged: 1), decision.Counts);
            }
        }
    }

    [Fact]
    public void Once_an_erasure_is_lifted_the_same_facts_are_the_next_revision()
    {
        var facts = Facts(Part("hello"));
        var state = After(null, Decide(null, facts)) with { Status = ConversationStatus.Erased, Lifted = true };

        Assert.Empty(Decide(state, Facts()).Events);
        var again = Decide(state, facts);

        Assert.Equal([typeof(ConversationRevised), typeof(TranscriptAttached), typeof(ConversationCompleted)], Types(again));
        Assert.Equal((2, ConversationStatus.Completed, false), After(state, again) is var now ? (now.Revision, now.Status, now.Lifted) : default);
    }

    [Fact]
    public void Messages_that_are_too_many_together_fail_the_conversation_and_fewer_mend_it()
    {
        var decision = Decide(null, Facts(Part("a") with { Bytes = Limit, Content = null }, Part("b") with { Bytes = 1, Content = null }));
        var failed = After(null, decision);

        Assert.Equal((ConversationStatus.Failed, FeedCodes.ConversationTooLarge, false), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Null(decision.Transcript);
        Assert.Empty(Decide(failed, Facts(Part("a") with { Bytes = Limit, Content = null }, Part("b") with { Bytes = 1, Content = null })).Events);
        Assert.Equal(ConversationStatus.Completed, After(failed, Decide(failed, Facts(Part("a")))).Status);
    }

    [Fact]
    public void A_part_that_nobody_could_read_is_never_taken_for_one_that_says_nothing() =>
        Assert.Equal(ConversationStatus.Failed, After(null, Decide(null, Facts(Part("a") with { Content = null }))).Status);

    [Fact]
    public void Warnings_of_all_parts_are_the_conversations()
    {
        var decision = Decide(null, Facts(Part("a") with { Warnings = [FeedWarnings.OutsideDate] }, Part("b") with { Warnings = [FeedWarnings.OutsideDate] }));

        Assert.Equal([FeedWarnings.OutsideDate], After(null, decision).Warnings);
    }

    private static FeedCall Call { get; } = new(Noon.AddSeconds(-30), Noon.AddSeconds(90), Noon.AddDays(2));

    private static RowOrigin Origin { get; } = new(Id, "etag", "transcripts/a.csv", Noon.AddDays(1), 7);

    private static FeedSound Recording(string etag) => new(new(Other, etag, "calls/x.wav", Noon.AddDays(1), 1), Other);

    private static FeedPart Part(string text)
    {
        var us = (Noon - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var content = $"""[[{us},"customer","c-1","{text}"],[{us + 60_000_000},"agent","agent-7","Yes."]]""";
        return new(Origin, Connector, Noon, Noon.AddSeconds(60), 2, 100, [], Encoding.UTF8.GetBytes(content));
    }

    private static FeedFacts Facts(params FeedPart[] parts) => new(new(Id, "x"), parts, null, null);

    private static FoldDecision Decide(ConversationState? state, FeedFacts facts) => FoldDecision.Decide(state, FoldedConversation.Of(facts, Limit), "ns");

    private static ConversationState After(ConversationState? state, FoldDecision decision) =>
        decision.Events.Aggregate(state ?? new ConversationState { Id = Id }, ConversationState.Apply);

    private static List<Type> Types(FoldDecision decision) => [.. decision.Events.Select(e => e.GetType())];
}
