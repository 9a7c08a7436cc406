using System.Diagnostics;
using QualityIngest.Samples.Sound;

namespace QualityIngest.Benchmarks.Sound;

/// <summary>Ten minutes of two parties on the telephone, written as files of several kinds.</summary>
public static class SoundFiles
{
    private const int SampleRate = 8_000;
    private const int Minutes = 10;
    private const double DurationMs = Minutes * 60_000;

    /// <summary>Writes the files into a folder, the MP3 by <c>lame</c>, and returns a name for people with each path.</summary>
    public static async Task<IReadOnlyList<(string Name, string Path)>> Write(string folder, CancellationToken cancel)
    {
        var (first, second) = (new List<Burst>(), new List<Burst>());
        var random = new Random(7);
        for (var at = 500.0; at < DurationMs - 10_000; at += random.Next(300, 1_500))
        {
            var burst = new Burst(at, at + random.Next(800, 6_000), PitchHz: random.Next(100, 220));
            (random.Next(2) == 0 ? first : second).Add(burst);
            at = burst.ToMs;
        }
        var call = SpeechLike.Interleave(
            SpeechLike.Render(1, SampleRate, DurationMs, first, -55), SpeechLike.Render(2, SampleRate, DurationMs, second, -50));

        var (wave, linear, mpeg) = (Path.Combine(folder, "mulaw.wav"), Path.Combine(folder, "linear.wav"), Path.Combine(folder, "call.mp3"));
        await File.WriteAllBytesAsync(wave, WaveFile.MuLaw(SampleRate, 2, call), cancel);
        await File.WriteAllBytesAsync(linear, WaveFile.Pcm16(SampleRate, 2, call), cancel);
        using var lame = Process.Start("lame", ["--quiet", "-b", "64", linear, mpeg]);
        await lame.WaitForExitAsync(cancel);
        if (lame.ExitCode != 0) throw new InvalidOperationException($"lame ended with {lame.ExitCode}.");
        return [($"{Minutes} min, 8 kHz, stereo, WAV µ-law", wave), ($"{Minutes} min, 8 kHz, stereo, MP3 64 kbit/s", mpeg)];
    }
}
