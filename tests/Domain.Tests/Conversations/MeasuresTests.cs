using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Conversations;

public sealed class MeasuresTests
{
    private const SpeakerRole Agent = SpeakerRole.Agent;
    private const SpeakerRole Customer = SpeakerRole.Customer;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_call_is_measured_by_its_intervals()
    {
        // 0    1    2    3    4    5    6    7    8    9    10
        //      AAAAAAAAAAAAAAA          AAAAA
        //                CCCCCCCCC
        var metrics = Call(10_000, Said(Agent, 1_000, 4_000, "one two three four"), Said(Customer, 3_000, 5_000, "yes yes"), Said(Agent, 6_000, 7_000, "fine"));

        Assert.Equal(10_000, metrics.DurationMs);
        Assert.Equal((3, 3), (metrics.Utterances, metrics.Turns));
        Assert.Equal((2, 1, 5, 2), (metrics.AgentMessages, metrics.CustomerMessages, metrics.AgentWords, metrics.CustomerWords));
        Assert.Equal((4_000, 2_000, 1_000), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs));
        Assert.Equal((5_000, 3_000, 1), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.Interruptions));
        Assert.Equal((75.0, 60.0), (metrics.AgentWordsPerMinute, metrics.CustomerWordsPerMinute));
        Assert.Equal((null, null), (metrics.FirstResponseMs, metrics.MeanResponseMs));
    }

    [Fact]
    public void Words_tell_more_exactly_than_utterances_when_somebody_speaks()
    {
        var words = new[] { new UtteranceWord("twenty", 1_000, 1_400, null), new UtteranceWord("one", 2_000, 2_600, null) };
        var metrics = Call(10_000, new Utterance(0, Agent, null, 1_000, 9_000, null, "21", null, words));

        Assert.Equal((1_000, 2), (metrics.AgentTalkMs, metrics.AgentWords));
        Assert.Equal((9_000, 7_400), (metrics.SilenceMs, metrics.LongestSilenceMs));
        Assert.Equal(120.0, metrics.AgentWordsPerMinute);
    }

    [Fact]
    public void Who_speaks_twice_at_once_is_counted_once()
    {
        var metrics = Call(10_000, Said(Agent, 0, 3_000), Said(Agent, 1_000, 2_000), Said(Agent, 2_500, 4_000));

        Assert.Equal((4_000, 0, 0, 0), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs, metrics.Interruptions));
    }

    [Fact]
    public void Silence_and_overtalk_lie_within_the_conversation_and_talk_need_not()
    {
        var metrics = Call(5_000, Said(Agent, -1_000, 1_000), Said(Customer, 500, 600), Said(Agent, 4_000, 8_000), Said(Customer, 4_500, 9_000));

        Assert.Equal((6_000, 4_600), (metrics.AgentTalkMs, metrics.CustomerTalkMs));
        Assert.Equal((3_000, 3_000, 600), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.OvertalkMs));
    }

    [Fact]
    public void Speech_behind_the_end_leaves_silence_within()
    {
        var metrics = Call(5_000, Said(Agent, 6_000, 8_000));

        Assert.Equal((5_000, 5_000, 2_000), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.AgentTalkMs));
    }

    [Fact]
    public void A_call_in_which_nobody_speaks_is_silent()
    {
        var metrics = Call(5_000);

        Assert.Equal((5_000, 5_000, 0, 0, 0), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.AgentTalkMs, metrics.OvertalkMs, metrics.Interruptions));
        Assert.Equal((0, 0, null), (metrics.Turns, metrics.Utterances, metrics.AgentWordsPerMinute));
    }

    [Theory]
    [InlineData("one starts within the other's speech", 1_000, 3_000, 2_000, 2_500, 1)]
    [InlineData("both start at once", 1_000, 3_000, 1_000, 2_500, 0)]
    [InlineData("one starts as the other ends", 1_000, 3_000, 3_000, 4_000, 0)]
    [InlineData("one starts after the other", 1_000, 3_000, 3_500, 4_000, 0)]
    public void Interruptions_are_counted_when(string sentence, long agentFrom, long agentTo, long customerFrom, long customerTo, int expected)
    {
        Assert.Equal(expected, Call(10_000, Said(Agent, agentFrom, agentTo), Said(Customer, customerFrom, customerTo)).Interruptions);
        Assert.NotEmpty(sentence);
    }

    [Fact]
    public void Pieces_of_one_talkspurt_interrupt_once() =>
        Assert.Equal(1, Call(10_000, Said(Customer, 0, 9_000), Said(Agent, 2_000, 3_000), Said(Agent, 3_000, 4_000)).Interruptions);

    [Fact]
    public void Without_times_speech_is_not_measured()
    {
        var metrics = Call(10_000, Said(Agent, 0, 1_000), new Utterance(1, Customer, null, 2_000, null, null, "well", null, null));

        Assert.Equal((null, null, null), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs));
        Assert.Equal((null, null, null, null), (metrics.SilenceMs, metrics.LongestSilenceMs, metrics.Interruptions, metrics.AgentWordsPerMinute));
    }

    [Fact]
    public void Without_known_parties_silence_alone_is_measured()
    {
        var metrics = Call(
            10_000,
            new Utterance(0, SpeakerRole.Unknown, "1", 0, 4_000, null, "hello", null, null),
            new Utterance(1, SpeakerRole.Unknown, "2", 5_000, 6_000, null, "hello", null, null));

        Assert.Equal((5_000, 4_000), (metrics.SilenceMs, metrics.LongestSilenceMs));
        Assert.Equal((null, null, null, null), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs, metrics.Interruptions));
        Assert.Equal(2, metrics.Turns);
    }

    [Fact]
    public void A_third_party_breaks_the_silence_and_nothing_else()
    {
        var metrics = Call(10_000, Said(Agent, 0, 1_000), new Utterance(1, SpeakerRole.Unknown, "2", 500, 6_000, null, "hello", null, null));

        Assert.Equal((1_000, 0, 0, 4_000), (metrics.AgentTalkMs, metrics.CustomerTalkMs, metrics.OvertalkMs, metrics.SilenceMs));
    }

    [Fact]
    public void A_chat_is_measured_by_its_responses()
    {
        var metrics = Chat(
            Wrote(Agent, 0, "Hello!"), Wrote(Customer, 10_000, "I have"), Wrote(Customer, 12_000, "a question"), Wrote(SpeakerRole.System, 13_000, "An agent is near."),
            Wrote(Agent, 15_000, "Go on"), Wrote(Agent, 16_000, "please"), Wrote(Customer, 20_000, "…"), Wrote(SpeakerRole.Bot, 20_500, "One moment"), Wrote(Agent, 30_001, "Yes?"));

        Assert.Equal((5_000, 7_501), (metrics.FirstResponseMs, metrics.MeanResponseMs));
        Assert.Equal((9, 6), (metrics.Utterances, metrics.Turns));
        Assert.Equal((4, 3, 1, 1), (metrics.AgentMessages, metrics.CustomerMessages, metrics.BotMessages, metrics.SystemMessages));
        Assert.Equal((5, 4, 2), (metrics.AgentWords, metrics.CustomerWords, metrics.BotWords));
        Assert.Equal((null, null, null, null), (metrics.AgentTalkMs, metrics.SilenceMs, metrics.Interruptions, metrics.CustomerWordsPerMinute));
    }

    [Fact]
    public void A_chat_that_nobody_answers_has_no_response_times()
    {
        Assert.Equal((null, null), Responses(Chat(Wrote(Agent, 0, "Hello?"))));
        Assert.Equal((null, null), Responses(Chat(Wrote(Agent, 0, "Hello?"), Wrote(Customer, 5, "Yes"))));
        Assert.Equal((null, null), Responses(Chat()));
    }

    [Fact]
    public void Turns_are_runs_of_one_role_and_notices_do_not_break_them() =>
        Assert.Equal(2, Chat(Wrote(Agent, 0, "a"), Wrote(SpeakerRole.System, 1, "n"), Wrote(Agent, 2, "b"), Wrote(Customer, 3, "c")).Turns);

    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t\n ", 0)]
    [InlineData("one", 1)]
    [InlineData(" one  two\nthree ", 3)]
    [InlineData("well - … 🙂 !", 1)]
    [InlineData("don't e-mail me@x.com 143426.", 4)]
    [InlineData("größer 你好 ٣", 3)]
    public void Words_are_stretches_that_hold_a_letter_or_a_digit(string text, int words) =>
        Assert.Equal(words, Chat(Wrote(Customer, 0, text)).CustomerWords);

    [Fact]
    public void An_end_before_the_start_gives_no_negative_number()
    {
        var metrics = Measures.Of(Channel.Voice, Start, Start.AddSeconds(-5), [Said(Agent, 0, 1_000)]);

        Assert.Equal((0, 0, 0), (metrics.DurationMs, metrics.SilenceMs, metrics.LongestSilenceMs));
    }

    private static Metrics Call(long durationMs, params Utterance[] utterances) =>
        Measures.Of(Channel.Voice, Start, Start.AddMilliseconds(durationMs), utterances);

    private static Metrics Chat(params Utterance[] utterances) => Measures.Of(Channel.Chat, Start, Start.AddMinutes(10), utterances);

    private static (long?, long?) Responses(Metrics metrics) => (metrics.FirstResponseMs, metrics.MeanResponseMs);

    private static Utterance Said(SpeakerRole role, long from, long to, string text = "word") => new(0, role, null, from, to, null, text, null, null);

    private static Utterance Wrote(SpeakerRole role, long at, string text) => new(0, role, null, at, null, Start.AddMilliseconds(at), text, null, null);
}
