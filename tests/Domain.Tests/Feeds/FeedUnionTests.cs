using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Feeds;

public sealed class FeedUnionTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Messages_of_several_parts_are_ordered_by_time() =>
        Assert.Equal(["a", "b", "c", "d"], Texts([Said(0, "a"), Said(2, "c")], [Said(1, "b"), Said(3, "d")]));

    [Fact]
    public void Those_of_one_moment_stay_in_the_order_of_the_parts() =>
        Assert.Equal(["a", "b", "c"], Texts([Said(0, "a"), Said(0, "b")], [Said(0, "c")]));

    [Fact]
    public void What_overlapping_parts_both_say_is_said_once() =>
        Assert.Equal(["a", "b", "c"], Texts([Said(0, "a"), Said(1, "b")], [Said(1, "b"), Said(2, "c")]));

    [Fact]
    public void What_one_part_says_twice_is_said_twice() =>
        Assert.Equal(["ok", "ok"], Texts([Said(0, "ok"), Said(0, "ok")], [Said(0, "ok")]));

    [Fact]
    public void The_same_words_of_another_sender_or_moment_are_not_the_same() =>
        Assert.Equal(3, Texts([Said(0, "ok")], [Said(0, "ok") with { Sender = "other" }, Said(1, "ok")]).Count());

    [Fact]
    public void Utterances_count_from_the_first_message_and_name_their_sender()
    {
        var transcript = FeedUnion.Of([[Said(0, "a"), Said(1.5, "b") with { Role = SpeakerRole.Agent, Sender = "agent-7" }]]);

        Assert.Equal([(0, 0L, Midnight), (1, 1_500L, Midnight.AddSeconds(1.5))], transcript.Utterances.Select(u => (u.Index, u.StartMs, u.At!.Value)));
        Assert.Equal([new("c-1", SpeakerRole.Customer), new Participant("agent-7", SpeakerRole.Agent)], transcript.Participants);
    }

    private static FeedMessage Said(double second, string text) => new(Midnight.AddSeconds(second), SpeakerRole.Customer, "c-1", text, null);

    private static IEnumerable<string> Texts(params IReadOnlyList<FeedMessage>[] parts) => FeedUnion.Of(parts).Utterances.Select(u => u.Text);
}
