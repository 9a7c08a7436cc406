using FsCheck;
using FsCheck.Fluent;
using QualityIngest.Audio.Analysis;

namespace QualityIngest.Audio.Tests.Analysis;

/// <summary>Counting words of 64 frames agrees with looking at one frame after the other.</summary>
public sealed class DialogueProperties
{
    private static readonly Gen<string> Speech =
        from stretches in Gen.ListOf(Gen.Choose(1, 90))
        from speaks in Gen.Elements(0, 1)
        select string.Concat(stretches.Select((frames, i) => new string(i % 2 == speaks ? '.' : 'x', frames)));

    [Fact]
    public void Words_of_bits_are_counted_as_frames_are()
    {
        var calls =
            from first in Speech
            from second in Speech
            from duration in Gen.Choose(0, 9_000)
            from late in Gen.OneOf(Gen.Constant(0), Gen.Choose(-200, 200))
            select (First: first, Second: second, DurationMs: (long)duration, Late: late);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(calls.ToArbitrary(), call =>
            Dialogue.Between(DialogueTests.Track(call.First), DialogueTests.Track(call.Second), call.DurationMs, call.Late * 10)
            == FrameByFrame(call.First, call.Second, call.DurationMs, call.Late)));
    }

    [Fact]
    public void Talk_less_overtalk_and_silence_are_the_duration()
    {
        var calls = from first in Speech from second in Speech from duration in Gen.Choose(0, 9_000) select (first, second, duration);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(calls.ToArbitrary(), call =>
        {
            var dialogue = Dialogue.Between(DialogueTests.Track(call.first), DialogueTests.Track(call.second), call.duration);
            return dialogue.FirstTalkMs + dialogue.SecondTalkMs - dialogue.OvertalkMs + dialogue.SilenceMs == call.duration
                && dialogue.LongestSilenceMs <= dialogue.SilenceMs;
        }));
    }

    private static Dialogue FrameByFrame(string first, string second, long durationMs, int late)
    {
        var (firstMs, secondMs, bothMs, silenceMs, longestMs, silentMs) = (0L, 0L, 0L, 0L, 0L, 0L);
        var (byFirst, bySecond, turns, turnOf, spokeLast, wait) = (0, 0, 0, ' ', "", 0L);
        List<long> firstWaits = [], secondWaits = [];
        for (var frame = 0; frame * 10 < durationMs; frame++)
        {
            var ms = Math.Min(10, durationMs - frame * 10);
            var (a, b, wasA, wasB) = (Speaks(first, frame), Speaks(second, frame - late), frame > 0 && Speaks(first, frame - 1), frame > 0 && Speaks(second, frame - 1 - late));
            firstMs += a ? ms : 0;
            secondMs += b ? ms : 0;
            bothMs += a && b ? ms : 0;
            silenceMs += a || b ? 0 : ms;
            longestMs = Math.Max(longestMs, silentMs = a || b ? 0 : silentMs + ms);

            if (a && !wasA && b && wasB) byFirst++;
            if (b && !wasB && a && wasA) bySecond++;
            if (a && !wasA && !b && spokeLast == "B") firstWaits.Add(wait);
            if (b && !wasB && !a && spokeLast == "A") secondWaits.Add(wait);
            (spokeLast, wait) = a || b ? ((a ? "A" : "") + (b ? "B" : ""), 0) : (spokeLast, wait + 10);

            var begin = (a && !wasA ? "A" : "") + (b && !wasB ? "B" : "");
            if (begin == "AB" && turnOf == 'B') begin = "BA";
            foreach (var party in begin)
            {
                if (party != turnOf) turns++;
                turnOf = party;
            }
        }
        return new(
            firstMs, secondMs, bothMs, silenceMs, longestMs, byFirst, bySecond, turns,
            firstWaits.Count, secondWaits.Count, Mean(firstWaits), Mean(secondWaits));
    }

    private static bool Speaks(string frames, int frame) => frame >= 0 && frame < frames.Length && frames[frame] != '.';

    private static long? Mean(List<long> waits) => waits.Count == 0 ? null : (long)Math.Round(waits.Average(), MidpointRounding.AwayFromZero);
}
