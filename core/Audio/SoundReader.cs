using Microsoft.Win32.SafeHandles;
using QualityIngest.Audio.Analysis;

namespace QualityIngest.Audio;

/// <summary>
/// Decodes and measures a file in this process. What a hostile file does to the decoder it does to this process: the
/// product reads them through <see cref="SoundPool"/>, whose children run this.
/// </summary>
public static class SoundReader
{
    private const int FramesAtOnce = 4096;
    private const string MpegHint = " MPEG audio needs libsndfile 1.1 or newer.";

    /// <summary>Reads a whole file, from its first byte, in one pass and in constant memory.</summary>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="IOException">The file cannot be read; that says nothing about the sound in it.</exception>
    public static SoundOutcome Read(SafeFileHandle file, SoundLimits limits)
    {
        var looked = SoundProbe.Look(file, limits);
        if (looked.Layout is not { Format: var format } layout)
            return new SoundRefused(looked.Refusal!);
        var analysis = new SoundAnalysis(format.Channels, format.SampleRate);
        return Decode(file, layout, limits, analysis.Add) is { } refusal ? new SoundRefused(refusal) : new SoundMeasured(analysis.Finish(format));
    }

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">How it is read.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="sink">Is given whole frames, in order.</param>
    /// <returns>Why it is refused; null when it was decoded to its end.</returns>
    internal static string? Decode(SafeFileHandle file, SoundLayout layout, SoundLimits limits, SampleSink sink)
    {
        using var sound = NativeSound.Open(file, layout);
        if (sound.IsInvalid)
            return $"The decoder does not take it: {sound.Complaint}." + (layout.Format.Codec.StartsWith("mpeg", StringComparison.Ordinal) ? MpegHint : "");
        var (channels, sampleRate) = (layout.Format.Channels, layout.Format.SampleRate);
        if (sound.Channels != channels || sound.SampleRate != sampleRate)
            return "Its header contradicts its sound.";

        var samples = new float[FramesAtOnce * channels];
        var most = (long)(limits.MaxDuration.TotalSeconds * sampleRate);
        var skip = layout.SkippedFrames;
        var frames = 0L;
        int read;
        while ((read = sound.Read(samples)) > 0)
        {
            var skipped = Math.Min(skip, read);
            skip -= skipped;
            var taken = (int)Math.Min(read - skipped, layout.MostFrames - frames);
            frames += taken;
            if (frames > most)
                return $"It is longer than {InWords(limits.MaxDuration)}.";
            sink(samples.AsSpan(skipped * channels, taken * channels));
        }

        return (sound.Complaint, frames) switch
        {
            ({ } complaint, _) => $"It cannot be decoded beyond {frames / sampleRate} s: {complaint}.",
            (_, 0) => "It holds no sound.",
            _ => null,
        };
    }

    private static string InWords(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 and var hours } => FormattableString.Invariant($"{hours:0.##} {(hours == 1 ? "hour" : "hours")}"),
        { TotalSeconds: var seconds } => FormattableString.Invariant($"{seconds:0.##} {(seconds == 1 ? "second" : "seconds")}"),
    };

    /// <summary>Takes samples, all channels of a frame together.</summary>
    internal delegate void SampleSink(ReadOnlySpan<float> interleaved);
}
