using QualityIngest.Audio.Analysis;
using QualityIngest.Samples.Sound;

namespace QualityIngest.Audio.Tests.Analysis;

/// <summary>A call of two channels whose numbers are known, from its samples to its numbers.</summary>
public sealed class TwoPartyTests
{
    private const int DurationMs = 24_000;

    // The second party interrupts once, is interrupted once, and answers twice after 400 and 800 ms; the first after 1,000 ms.
    private static readonly Burst[] First = [new(1_000, 4_000), new(6_000, 9_000), new(13_500, 16_000), new(20_000, 22_000)];
    private static readonly Burst[] Second = [new(4_400, 5_000, PitchHz: 200), new(8_000, 11_000, PitchHz: 200), new(12_000, 14_500, PitchHz: 200), new(16_800, 19_000, PitchHz: 200)];

    [Theory]
    [InlineData(8_000, -50)]
    [InlineData(8_000, -38)]
    [InlineData(16_000, -60)]
    [InlineData(44_100, -45)]
    public void The_time_of_a_call_is_shared_as_it_was_made(int sampleRate, double noise)
    {
        var sound = Measured.Of(
            SpeechLike.Interleave(
                SpeechLike.Render(1, sampleRate, DurationMs, First, noise), SpeechLike.Render(2, sampleRate, DurationMs, Second, noise - 5)),
            2, sampleRate);

        Is(Dialogue.Between(sound.Channels[0].Speech, sound.Channels[1].Speech, sound.DurationMs));
        Assert.False(sound.ChannelsIdentical);
    }

    [Fact]
    public void Two_files_of_one_party_each_tell_the_same()
    {
        var first = Measured.Of(SpeechLike.Render(1, 8_000, DurationMs, First, -50));
        var second = Measured.Of(SpeechLike.Render(2, 16_000, 19_500, Second, -55), 1, 16_000);

        Is(Dialogue.Between(first.Channels[0].Speech, second.Channels[0].Speech, Math.Max(first.DurationMs, second.DurationMs)));
    }

    [Fact]
    public void A_file_that_begins_later_is_put_in_its_place()
    {
        var later = Second.Select(burst => burst with { FromMs = burst.FromMs - 3_000, ToMs = burst.ToMs - 3_000 });
        var first = Measured.Of(SpeechLike.Render(1, 8_000, DurationMs, First, -50)).Channels[0].Speech;
        var second = Measured.Of(SpeechLike.Render(2, 8_000, 17_000, later, -50)).Channels[0].Speech;

        Is(Dialogue.Between(first, second, DurationMs, secondLateMs: 3_000));
    }

    private static void Is(Dialogue dialogue)
    {
        Near(10_500, dialogue.FirstTalkMs, edges: 8);
        Near(8_300, dialogue.SecondTalkMs, edges: 8);
        Near(2_000, dialogue.OvertalkMs, edges: 4);
        Near(7_200, dialogue.SilenceMs, edges: 12);
        Near(2_000, dialogue.LongestSilenceMs, edges: 1);
        Assert.Equal(DurationMs, dialogue.FirstTalkMs + dialogue.SecondTalkMs - dialogue.OvertalkMs + dialogue.SilenceMs);
        Assert.Equal((1, 1, 2), (dialogue.InterruptionsByFirst, dialogue.InterruptionsBySecond, dialogue.Interruptions));
        Assert.Equal(7, dialogue.Turns);
        Assert.Equal((2, 2), (dialogue.FirstResponses, dialogue.SecondResponses));
        Near(1_000, dialogue.MeanFirstResponseMs!.Value, edges: 2);
        Near(600, dialogue.MeanSecondResponseMs!.Value, edges: 2);
    }

    private static void Near(long expected, long actual, int edges) => Assert.InRange(actual, expected - edges * 20, expected + edges * 20);
}
