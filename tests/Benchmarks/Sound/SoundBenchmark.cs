using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using QualityIngest.Audio;

namespace QualityIngest.Benchmarks.Sound;

/// <summary>
/// Decodes and measures a recording in the product's pool of child processes, beside <c>sox FILE -n stats</c>, which decodes it
/// and measures levels alone. Rounds are interleaved and compared in pairs, as machines are not quiet. Ours includes the pipe to
/// the child and back but not its start, since it stays; the rival is a process a file, as it is used.
/// </summary>
public sealed class SoundBenchmark(int rounds)
{
    private const int WarmUps = 8;

    /// <summary>Runs it and prints the figures.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("qi-bench-sound-").FullName;
        try
        {
            await using var pool = new SoundPool(new SoundOptions { Workers = 1 }, typeof(SoundBenchmark).Assembly, NullLogger<SoundPool>.Instance);
            foreach (var (name, path) in await SoundFiles.Write(folder, cancel))
                await Compare(pool, name, path, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Compare(SoundPool pool, string name, string path, CancellationToken cancel)
    {
        using var file = File.OpenHandle(path);
        var (first, sound) = await Measure(pool, file, cancel);
        for (var i = 1; i < WarmUps; i++) await Measure(pool, file, cancel);

        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add((await Measure(pool, file, cancel)).Milliseconds);
            theirs.Add(await Sox(path, cancel));
            ratios.Add(theirs[^1] / ours[^1]);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: product {Median(ours):0.0} ms (the child's first file {first:0} ms), sox {Median(theirs):0.0} ms, median of {rounds} pairs: {Median(ratios):0.00} times as fast; "
            + $"RMS {sound.Channels[0].Level.RmsDbfs:0.00} and {sound.Channels[1].Level.RmsDbfs:0.00} dBFS"));
    }

    private static async Task<(double Milliseconds, Audio.Sound Sound)> Measure(SoundPool pool, SafeFileHandle file, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await pool.Measure(file, cancel);
        return (clock.Elapsed.TotalMilliseconds, outcome is SoundMeasured measured ? measured.Sound : throw new InvalidOperationException($"{outcome}"));
    }

    private static async Task<double> Sox(string path, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var sox = Process.Start(new ProcessStartInfo("sox", [path, "-n", "stats"]) { RedirectStandardError = true })!;
        var stats = await sox.StandardError.ReadToEndAsync(cancel);
        await sox.WaitForExitAsync(cancel);
        var took = clock.Elapsed.TotalMilliseconds;
        return sox.ExitCode == 0 && stats.Contains("RMS lev dB", StringComparison.Ordinal) ? took : throw new InvalidOperationException(stats);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
