using System.Globalization;

namespace QualityIngest.Database;

/// <summary>What a running server says of itself in <c>postmaster.pid</c>.</summary>
internal sealed record PostmasterFile(int Pid, int Port)
{
    /// <summary>Reads the file; null when there is none, or none that is complete.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(cluster, "postmaster.pid")) is [var pid, _, _, var port, ..]
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
                && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var q)
                ? new PostmasterFile(p, q)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a process of this pid lives. It need not be PostgreSQL: pids are used again.</summary>
    public bool Lives()
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
