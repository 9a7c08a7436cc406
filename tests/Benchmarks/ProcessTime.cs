using System.Globalization;

namespace QualityIngest.Benchmarks;

/// <summary>What processes have used, as Linux counts it.</summary>
public static class ProcessTime
{
    private const double TicksASecond = 100;

    /// <summary>Seconds of CPU that a process, its living descendants and its ended children have used.</summary>
    public static double OfTree(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Stat: Stat(id)))
            .Where(p => p.Stat is not null)
            .ToLookup(p => int.Parse(p.Stat![1], CultureInfo.InvariantCulture), p => p.Id);
        return Sum(root);

        double Sum(int id) => Of(id) + children[id].Sum(Sum);
    }

    /// <summary>Seconds of CPU that a process and its ended children have used.</summary>
    public static double Of(int id) =>
        Stat(id) is { } stat ? stat[11..15].Sum(t => long.Parse(t, CultureInfo.InvariantCulture)) / TicksASecond : 0;

    /// <summary>The most memory that a process has held so far, in MiB.</summary>
    public static double PeakMebibytes(int id) =>
        long.Parse(
            File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>The fields of /proc/ID/stat from the state on, or null where the process is gone.</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
