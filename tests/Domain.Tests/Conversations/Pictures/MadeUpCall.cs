using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Tests.Conversations.Pictures;

/// <summary>Waveforms of calls that never were: two parties take turns, and now and then speak at once.</summary>
internal static class MadeUpCall
{
    /// <summary>A call of this length; the same seed makes the same call.</summary>
    public static Waveform Of(int seed, long durationMs, double turnMs = 5_000)
    {
        var random = new Random(seed);
        var (agent, customer) = (new List<Interval>(), new List<Interval>());
        var at = 400L;
        for (var agentSpeaks = true; at < durationMs - 200; agentSpeaks = !agentSpeaks)
        {
            var end = Math.Min(durationMs, at + (long)(turnMs * (0.1 + 1.4 * random.NextDouble())));
            (agentSpeaks ? agent : customer).Add(new(at, end));
            at = Math.Max(at + 100, end + (long)(turnMs * (random.NextDouble() * 0.4 - (random.Next(4) == 0 ? 0.2 : 0.02))));
        }

        var bucketMs = Math.Max(10, durationMs / 1_600.0);
        return new(
            durationMs, bucketMs, Voice(random, Apart(agent), durationMs, bucketMs, 150), Voice(random, Apart(customer), durationMs, bucketMs, 110),
            Intervals.Both(Apart(agent), Apart(customer)));
    }

    private static List<Interval> Apart(List<Interval> intervals)
    {
        var apart = new List<Interval>();
        foreach (var interval in intervals)
        {
            if (apart.Count > 0 && interval.FromMs <= apart[^1].ToMs)
                apart[^1] = apart[^1] with { ToMs = Math.Max(apart[^1].ToMs, interval.ToMs) };
            else
                apart.Add(interval);
        }

        return apart;
    }

    private static Voice Voice(Random random, List<Interval> speech, long durationMs, double bucketMs, int loudness)
    {
        var peaks = new byte[(int)Math.Ceiling(durationMs / bucketMs)];
        for (var (i, next) = (0, 0); i < peaks.Length; i++)
        {
            var at = i * bucketMs;
            while (next < speech.Count && speech[next].ToMs <= at)
                next++;
            var speaks = next < speech.Count && speech[next].FromMs < at + bucketMs;
            peaks[i] = (byte)(speaks ? loudness * (0.35 + 0.65 * random.NextDouble()) * (0.75 + 0.25 * Math.Sin(at / 400)) : 2 + random.Next(5));
        }

        return new(peaks, speech);
    }
}
