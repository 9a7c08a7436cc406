using QualityIngest.Audio;

namespace QualityIngest.Domain.Conversations;

/// <summary>What one party's voice looks like.</summary>
/// <param name="Peaks">The loudest moment of each bucket: 0 for silence to 255 for full scale.</param>
/// <param name="Speech">When the party speaks; at most 1,000 stretches, of more the nearest are joined.</param>
public sealed record Voice(IReadOnlyList<byte> Peaks, IReadOnlyList<Interval> Speech);

/// <summary>
/// All that a picture of a call's recording needs, made once when the recording is measured. Both parties share one axis of
/// time, and its size is bounded however long the call is.
/// </summary>
/// <param name="DurationMs">How long the recording is; of two recordings, the longer.</param>
/// <param name="BucketMs">How many milliseconds a peak stands for; the last may stand for fewer.</param>
/// <param name="Agent">The agent's voice.</param>
/// <param name="Customer">The customer's voice, with as many peaks.</param>
/// <param name="Overtalk">When both speak; bounded like speech.</param>
public sealed record Waveform(long DurationMs, double BucketMs, Voice Agent, Voice Customer, IReadOnlyList<Interval> Overtalk)
{
    /// <summary>The most peaks that a party has.</summary>
    public const int MaxBuckets = 1_600;

    /// <summary>The most intervals of one kind.</summary>
    public const int MaxIntervals = 1_000;

    private const long UsPerMs = 1_000;

    /// <summary>Whether the channels tell the parties apart; where both hold the same sound, or are one, nobody talks over anybody.</summary>
    public bool PartiesKnown { get; init; } = true;

    /// <summary>The waveform of one recording with a channel a party.</summary>
    /// <param name="stereo">The recording.</param>
    /// <param name="agentChannel">The agent's channel, from 0.</param>
    /// <param name="customerChannel">The customer's channel, from 0.</param>
    public static Waveform Of(Sound stereo, int agentChannel, int customerChannel)
    {
        var waveform = Of(
            stereo.DurationMs, (stereo.Channels[agentChannel], stereo.DurationMs), (stereo.Channels[customerChannel], stereo.DurationMs));
        return stereo.ChannelsIdentical ? waveform with { PartiesKnown = false, Overtalk = [] } : waveform;
    }

    /// <summary>The waveform of one recording with both parties in one channel, which stands for each of them.</summary>
    public static Waveform Of(Sound mixed)
    {
        var channel = (mixed.Channels[0], mixed.DurationMs);
        return Of(mixed.DurationMs, channel, channel) with { PartiesKnown = false, Overtalk = [] };
    }

    /// <summary>The waveform of two recordings, one a party, that begin at the same moment. Their first channels count.</summary>
    public static Waveform Of(Sound agent, Sound customer) =>
        Of(
            Math.Max(agent.DurationMs, customer.DurationMs),
            (agent.Channels[0], agent.DurationMs), (customer.Channels[0], customer.DurationMs));

    private static Waveform Of(
        long durationMs, (SoundChannel Channel, long DurationMs) agent, (SoundChannel Channel, long DurationMs) customer)
    {
        var bucketUs = Bucket(durationMs, Math.Min(agent.Channel.Peaks.BucketMs, customer.Channel.Peaks.BucketMs));
        var buckets = (int)CeilingOf(durationMs * UsPerMs, bucketUs);
        var bucketMs = bucketUs / (double)UsPerMs;
        var (agentSpeech, customerSpeech) = (
            Intervals.Of(agent.Channel.Speech, agent.DurationMs), Intervals.Of(customer.Channel.Speech, customer.DurationMs));
        return new(
            durationMs, bucketMs,
            new(Resample(agent.Channel.Peaks, bucketMs, buckets), Intervals.AtMost(MaxIntervals, agentSpeech)),
            new(Resample(customer.Channel.Peaks, bucketMs, buckets), Intervals.AtMost(MaxIntervals, customerSpeech)),
            Intervals.AtMost(MaxIntervals, Intervals.Both(agentSpeech, customerSpeech)));
    }

    /// <summary>The finest bucket that keeps to the bound and that a recording can fill, in microseconds.</summary>
    private static long Bucket(long durationMs, double finestMs) =>
        Math.Max(Math.Max(1, (long)Math.Ceiling(finestMs * UsPerMs)), CeilingOf(durationMs * UsPerMs, MaxBuckets));

    private static long CeilingOf(long value, long divisor) => (value + divisor - 1) / divisor;

    /// <summary>The loudest of all that a bucket touches, so that no peak is lost; behind a recording's end, silence.</summary>
    private static byte[] Resample(SoundPeaks peaks, double bucketMs, int buckets)
    {
        // What touches by a rounding error alone does not count.
        const double Tolerance = 0.5 / UsPerMs;
        var resampled = new byte[buckets];
        for (var i = 0; i < buckets; i++)
        {
            var first = (int)Math.Floor((i * bucketMs + Tolerance) / peaks.BucketMs);
            var end = (int)Math.Min(Math.Ceiling(((i + 1) * bucketMs - Tolerance) / peaks.BucketMs), peaks.Values.Length);
            for (var at = first; at < end; at++)
                resampled[i] = Math.Max(resampled[i], peaks.Values[at]);
        }

        return resampled;
    }
}
