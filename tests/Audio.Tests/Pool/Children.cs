using System.Diagnostics;
using System.Globalization;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.Audio.Tests.Pool;

/// <summary>The programs of the tests' children, and the children themselves.</summary>
internal static class Children
{
    /// <summary>The product's worker.</summary>
    public static IReadOnlyList<string> Good => Command("good");

    /// <summary>One that does what files say.</summary>
    public static IReadOnlyList<string> Faulty => Command("faulty");

    public static IReadOnlyList<string> Command(params string[] arguments) =>
        ["dotnet", typeof(Children).Assembly.Location, .. arguments];

    /// <summary>Ends a process as a crash would, and waits until it is gone.</summary>
    public static async Task Kill(int id)
    {
        Process.GetProcessById(id).Kill();
        await Gone(id);
    }

    /// <summary>Waits until a process has ended; one that nobody has waited for yet counts as ended.</summary>
    public static async Task Gone(int id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Daemon.StartTicks(id) is not null && !IsLeftOver(id))
            await Task.Delay(10, patience.Token);
    }

    /// <summary>A number of bytes from <c>/proc/ID/status</c>.</summary>
    public static long Memory(int id, string name)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Whether nothing is left of it but its entry: its first thread may end before the others, which hold its files.</summary>
    private static bool IsLeftOver(int id)
    {
        try
        {
            return State(id) is 'Z' && Directory.GetDirectories($"/proc/{id}/task").Length == 1;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
    }

    private static char State(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return 'Z';
        }
    }
}
