using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace QualityIngest.Audio;

/// <summary>
/// The program of a child process: reads files that it is told of on its standard input, a line each, and answers on its
/// standard output. It ends when its input does: with its parent, however that ends.
/// </summary>
public static class SoundWorker
{
    /// <summary>The program's first argument.</summary>
    public const string Command = "sound-worker";

    /// <summary>Works until its input ends.</summary>
    /// <param name="arguments">What follows <see cref="Command"/>: the longest sound in seconds, the most channels, the most private memory in bytes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var seconds, var channels, var memory])
            return 2;
        var limits = new SoundLimits(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), int.Parse(channels, CultureInfo.InvariantCulture));
        Posix.Confine(long.Parse(memory, CultureInfo.InvariantCulture));

        // A terminal and a service manager signal the whole family. The parent decides when its children end.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var output = Console.OpenStandardOutput();
        foreach (var path in Requests().GetConsumingEnumerable())
            Measure(path, limits).Write(output);
        return 0;
    }

    internal static IReadOnlyList<string> Arguments(SoundOptions options) =>
    [
        Command,
        options.MaxDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        options.MaxChannels.ToString(CultureInfo.InvariantCulture),
        options.MemoryBytes.ToString(CultureInfo.InvariantCulture),
    ];

    private static SoundReply Measure(string path, SoundLimits limits)
    {
        try
        {
            using var file = Posix.Open(path);
            return SoundReply.Of(SoundReader.Read(file, limits));
        }
        catch (IOException e)
        {
            return new(Failed: e.Message);
        }
    }

    // On a thread of its own, so that the end of the input is seen while a file is decoded.
    private static BlockingCollection<string> Requests()
    {
        var requests = new BlockingCollection<string>();
        new Thread(() =>
        {
            using var input = new StreamReader(Console.OpenStandardInput(), Encoding.ASCII);
            while (input.ReadLine() is { } line)
                requests.Add(line);
            Posix.Exit(0);
        })
        { IsBackground = true, Name = "requests" }.Start();
        return requests;
    }
}
