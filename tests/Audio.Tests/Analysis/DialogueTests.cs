using QualityIngest.Audio.Analysis;

namespace QualityIngest.Audio.Tests.Analysis;

public sealed class DialogueTests
{
    [Fact]
    public void Time_is_shared_between_talk_overtalk_and_silence()
    {
        var dialogue = Between("..AAAA....AA......", "....BBBB.........B");

        Assert.Equal((60, 50, 20, 90), (dialogue.FirstTalkMs, dialogue.SecondTalkMs, dialogue.OvertalkMs, dialogue.SilenceMs));
        Assert.Equal(50, dialogue.LongestSilenceMs);
    }

    [Theory]
    [InlineData("AAAAAA....", "..BB......", 0, 1)]
    [InlineData("AAAAAA....", "..BB.BBB..", 0, 2)]
    [InlineData("..AA..AA..", "BBBBBBBBBB", 2, 0)]
    [InlineData("AAA.......", "AAAAAA....", 0, 0)]
    [InlineData("AAA.......", "...BBB....", 0, 0)]
    [InlineData("AAAA......", "...BBB....", 0, 1)]
    public void Who_begins_while_the_other_goes_on_interrupts(string first, string second, int byFirst, int bySecond)
    {
        var dialogue = Between(first, second);

        Assert.Equal((byFirst, bySecond), (dialogue.InterruptionsByFirst, dialogue.InterruptionsBySecond));
    }

    [Theory]
    [InlineData("..........", "..........", 0)]
    [InlineData("AA..AA....", "..........", 1)]
    [InlineData("AA........", "....BB....", 2)]
    [InlineData("AA..AA..AA", "......BB..", 3)]
    [InlineData("AAAAAAAA.A", "..BB......", 3)]
    [InlineData("AA.AA.....", "...BB.....", 2)]
    [InlineData("AA........", "AA........", 2)]
    public void Turns_go_by_who_begins_next(string first, string second, int turns) =>
        Assert.Equal(turns, Between(first, second).Turns);

    [Theory]
    [InlineData("AA........", "....BB....", 0, 0, 1, 20)] // after a silence
    [InlineData("AA........", "..BB......", 0, 0, 1, 0)]  // at once
    [InlineData("AAA.......", "..BB......", 0, 0, 0, 0)]  // an interruption is no answer
    [InlineData("AA..AA....", "..........", 0, 0, 0, 0)]  // nor is who goes on
    [InlineData("AAAAAA....", "..BB...BB.", 0, 0, 1, 10)] // the last to end is answered, not the last to begin
    [InlineData("AAAA...AAA", "..BB......", 0, 0, 0, 0)]  // who ended together wait for nobody
    [InlineData("AA...AA...", "..B.......", 1, 20, 1, 0)]
    [InlineData("......AA..", "BBB.......", 1, 30, 0, 0)]
    [InlineData("AA..AA....", "....BB....", 0, 0, 0, 0)]  // nor do those who begin together
    public void Who_speaks_next_after_the_other_has_ended_responds(
        string first, string second, int firstResponses, long firstMs, int secondResponses, long secondMs)
    {
        var dialogue = Between(first, second);

        Assert.Equal((firstResponses, secondResponses), (dialogue.FirstResponses, dialogue.SecondResponses));
        Assert.Equal(firstResponses == 0 ? null : firstMs, dialogue.MeanFirstResponseMs);
        Assert.Equal(secondResponses == 0 ? null : secondMs, dialogue.MeanSecondResponseMs);
    }

    [Fact]
    public void Mean_waits_are_rounded_to_milliseconds() =>
        Assert.Equal(7, Between("A....A....A.......", ".B....B......B....").MeanSecondResponseMs);

    [Fact]
    public void The_last_frame_is_as_long_as_the_duration_leaves_it()
    {
        var dialogue = Between("..AAA", "....B", 43);

        Assert.Equal((23, 3, 3, 20), (dialogue.FirstTalkMs, dialogue.SecondTalkMs, dialogue.OvertalkMs, dialogue.SilenceMs));
    }

    [Fact]
    public void A_shorter_track_is_silence_behind_and_a_longer_one_is_cut()
    {
        var dialogue = Between("AA", "....BBBBBBBBBBBB", 100);

        Assert.Equal((20, 60, 20, 20), (dialogue.FirstTalkMs, dialogue.SecondTalkMs, dialogue.SilenceMs, dialogue.LongestSilenceMs));
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(14, 20)]
    [InlineData(15, 10)]
    [InlineData(-30, 10)]
    [InlineData(900, 0)]
    [InlineData(-900, 0)]
    public void A_track_may_begin_earlier_or_later(long lateMs, long overtalkMs) =>
        Assert.Equal(overtalkMs, Dialogue.Between(Track(".AAAAA...."), Track("...BB....."), 100, lateMs).OvertalkMs);

    [Fact]
    public void Nothing_has_no_time()
    {
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null), Between("AAA", "BBB", 0));
        Assert.Equal(new(0, 0, 0, 500, 500, 0, 0, 0, 0, 0, null, null), Between("", "", 500));
    }

    internal static SpeechActivity Track(string frames)
    {
        var bits = new byte[(frames.Length + 7) / 8];
        for (var i = 0; i < frames.Length; i++)
        {
            if (frames[i] != '.') bits[i / 8] |= (byte)(1 << i % 8);
        }
        return new(frames.Length, bits);
    }

    private static Dialogue Between(string first, string second, long? durationMs = null) =>
        Dialogue.Between(Track(first), Track(second), durationMs ?? first.Length * 10);
}
