namespace QualityIngest.Domain.Conversations;

/// <summary>
/// How waveforms are stored: peaks as base64, intervals as one list of their ends. A call of ten minutes takes some 8 kB,
/// and no call more than 60 kB.
/// </summary>
public static class WaveformJson
{
    /// <summary>The waveform as JSON text.</summary>
    public static string Write(Waveform waveform) => DomainJson.Write(new Stored(
        waveform.DurationMs, waveform.BucketMs, Pack(waveform.Agent), Pack(waveform.Customer), Pack(waveform.Overtalk), waveform.PartiesKnown));

    /// <summary>The waveform that a stored text holds.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no waveform.</exception>
    public static Waveform Read(string json)
    {
        var stored = DomainJson.Read<Stored>(json);
        return new(stored.DurationMs, stored.BucketMs, Unpack(stored.Agent), Unpack(stored.Customer), Unpack(stored.Overtalk)) { PartiesKnown = stored.PartiesKnown };
    }

    private static StoredVoice Pack(Voice voice) => new([.. voice.Peaks], Pack(voice.Speech));

    private static long[] Pack(IReadOnlyList<Interval> intervals) => [.. intervals.SelectMany(interval => new[] { interval.FromMs, interval.ToMs })];

    private static Voice Unpack(StoredVoice voice) => new(voice.Peaks, Unpack(voice.Speech));

    private static IReadOnlyList<Interval> Unpack(long[] ends) => [.. ends.Chunk(2).Select(pair => new Interval(pair[0], pair[1]))];

    private sealed record Stored(long DurationMs, double BucketMs, StoredVoice Agent, StoredVoice Customer, long[] Overtalk, bool PartiesKnown = true);

    private sealed record StoredVoice(byte[] Peaks, long[] Speech);
}
