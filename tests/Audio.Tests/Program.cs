using System.Globalization;
using QualityIngest.Audio.Tests.Pool;

namespace QualityIngest.Audio.Tests;

/// <summary>The children that the tests start: the first argument says which.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["good", SoundWorker.Command, ..]:
                return SoundWorker.Run(arguments.AsSpan(2));
            case ["faulty", SoundWorker.Command, ..]:
                return FaultyWorker.Run();
            case ["owner", var path, ..]:
                return await Own(path, arguments.AsMemory(2).ToArray());
            default:
                return 2;
        }
    }

    /// <summary>A process with a pool: says which child reads the file, and what came of it.</summary>
    private static async Task<int> Own(string path, string[] command)
    {
        using var log = new PoolLog();
        await using var pool = new SoundPool(new SoundOptions { Command = command }, null, log);
        using var file = File.OpenHandle(path);
        var outcome = pool.Measure(file, CancellationToken.None);
        Console.WriteLine((await log.Started(1)).ToString(CultureInfo.InvariantCulture));
        Console.WriteLine((await outcome).GetType().Name);
        return 0;
    }
}
