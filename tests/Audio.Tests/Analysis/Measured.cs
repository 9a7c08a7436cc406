using QualityIngest.Audio.Analysis;

namespace QualityIngest.Audio.Tests.Analysis;

/// <summary>Measures samples, and says what to compare.</summary>
internal static class Measured
{
    public static Sound Of(float[] interleaved, int channels = 1, int sampleRate = 8_000, IEnumerable<int>? blocks = null)
    {
        var analysis = new SoundAnalysis(channels, sampleRate);
        var at = 0;
        foreach (var block in blocks ?? [])
        {
            var taken = Math.Min(block, interleaved.Length - at);
            analysis.Add(interleaved.AsSpan(at, taken));
            at += taken;
        }
        analysis.Add(interleaved.AsSpan(at));
        return analysis.Finish(new("wave", "pcm16", channels, sampleRate));
    }

    public static SoundLevel Level(float[] samples, int sampleRate = 8_000) => Of(samples, 1, sampleRate).Channels[0].Level;

    /// <summary>The stretches of speech in milliseconds.</summary>
    public static List<(int From, int To)> Stretches(this SpeechActivity speech)
    {
        var stretches = new List<(int, int)>();
        var from = -1;
        for (var frame = 0; frame <= speech.Frames; frame++)
        {
            if (speech.At(frame) == (from >= 0)) continue;
            if (from >= 0) stretches.Add((from * SpeechActivity.FrameMs, frame * SpeechActivity.FrameMs));
            from = from < 0 ? frame : -1;
        }
        return stretches;
    }

    /// <summary>Seconds of a sine.</summary>
    public static float[] Sine(double amplitude, double hertz, double seconds, int sampleRate = 8_000) =>
        [.. Enumerable.Range(0, (int)(seconds * sampleRate)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate)))];
}
