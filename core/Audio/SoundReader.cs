using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>
/// Decodes and measures a file in this process. What a hostile file does to the decoder it does to this process: the
/// product reads them through <see cref="SoundPool"/>, whose children run this.
/// </summary>
public static class SoundReader
{
    private const int FramesAtOnce = 4096;

    /// <summary>Reads a whole file, from its first byte, in one pass and in constant memory.</summary>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="IOException">The file cannot be read; that says nothing about the sound in it.</exception>
    public static SoundOutcome Read(SafeFileHandle file, SoundLimits limits)
    {
        var looked = SoundProbe.Look(file, limits);
        return looked.Layout is { } layout ? Decode(file, layout, limits) : new SoundRefused(looked.Refusal!);
    }

    private static SoundOutcome Decode(SafeFileHandle file, SoundLayout layout, SoundLimits limits)
    {
        using var sound = NativeSound.Open(file, layout);
        if (sound.IsInvalid)
            return new SoundRefused($"The decoder does not take it: {sound.Complaint}.");
        var format = layout.Format;
        if (sound.Channels != format.Channels || sound.SampleRate != format.SampleRate)
            return new SoundRefused("Its header contradicts its sound.");

        var analysis = new SoundAnalysis(format.Channels, format.SampleRate);
        var samples = new float[FramesAtOnce * format.Channels];
        var most = (long)(limits.MaxDuration.TotalSeconds * format.SampleRate);
        var skip = layout.SkippedFrames;
        var frames = 0L;
        int read;
        while ((read = sound.Read(samples)) > 0)
        {
            var skipped = Math.Min(skip, read);
            skip -= skipped;
            frames += read - skipped;
            if (frames > most)
                return new SoundRefused($"It is longer than {limits.MaxDuration.TotalHours:0.##} hours.");
            analysis.Add(samples.AsSpan(skipped * format.Channels, (read - skipped) * format.Channels));
        }

        return (sound.Complaint, frames) switch
        {
            ({ } complaint, _) => new SoundRefused($"It cannot be decoded beyond {frames / format.SampleRate} s: {complaint}."),
            (_, 0) => new SoundRefused("It holds no sound."),
            _ => new SoundMeasured(analysis.Finish(format)),
        };
    }
}
