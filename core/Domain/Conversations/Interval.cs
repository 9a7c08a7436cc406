using QualityIngest.Audio;

namespace QualityIngest.Domain.Conversations;

/// <summary>A stretch of a recording, in milliseconds from its start.</summary>
/// <param name="FromMs">Where it begins.</param>
/// <param name="ToMs">Where it ends; after its beginning.</param>
public sealed record Interval(long FromMs, long ToMs);

/// <summary>Lists of intervals that neither touch nor overlap, in the order of time.</summary>
public static class Intervals
{
    /// <summary>When somebody speaks, within the first <paramref name="durationMs"/>.</summary>
    public static IReadOnlyList<Interval> Of(SpeechActivity speech, long durationMs)
    {
        var intervals = new List<Interval>();
        var start = -1;
        for (var frame = 0; frame <= speech.Frames; frame++)
        {
            var speaks = frame < speech.Frames && (speech.Bits[frame >> 3] >> (frame & 7) & 1) == 1;
            if (speaks && start < 0)
                start = frame;
            if (speaks || start < 0)
                continue;
            var (from, to) = ((long)start * SpeechActivity.FrameMs, Math.Min((long)frame * SpeechActivity.FrameMs, durationMs));
            if (to > from)
                intervals.Add(new(from, to));
            start = -1;
        }

        return intervals;
    }

    /// <summary>What lies in both.</summary>
    public static IReadOnlyList<Interval> Both(IReadOnlyList<Interval> one, IReadOnlyList<Interval> other)
    {
        var both = new List<Interval>();
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            var (from, to) = (Math.Max(one[i].FromMs, other[j].FromMs), Math.Min(one[i].ToMs, other[j].ToMs));
            if (to > from)
                both.Add(new(from, to));
            if (one[i].ToMs < other[j].ToMs)
                i++;
            else
                j++;
        }

        return both;
    }

    /// <summary>At most <paramref name="count"/> intervals: those with the smallest gaps between them are joined, earlier ones first.</summary>
    public static IReadOnlyList<Interval> AtMost(int count, IReadOnlyList<Interval> intervals)
    {
        if (intervals.Count <= count)
            return intervals;
        var closed = Enumerable.Range(1, intervals.Count - 1)
            .OrderBy(i => intervals[i].FromMs - intervals[i - 1].ToMs)
            .Take(intervals.Count - count)
            .ToHashSet();
        var joined = new List<Interval>(count);
        for (var i = 0; i < intervals.Count; i++)
        {
            if (closed.Contains(i))
                joined[^1] = joined[^1] with { ToMs = intervals[i].ToMs };
            else
                joined.Add(intervals[i]);
        }

        return joined;
    }
}
