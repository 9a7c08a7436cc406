using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace QualityIngest.TestKit.Processes;

/// <summary>
/// The temporary directory of a group of servers, named after the process that owns it,
/// so that the next start can tell what a killed process has left behind.
/// </summary>
public static class Workplace
{
    private const string Prefix = "qi-kit-";

    // Ceph splits its configuration at spaces.
    private static string Root => Path.GetTempPath().Contains(' ', StringComparison.Ordinal) ? "/tmp" : Path.GetTempPath();

    /// <summary>A fresh, empty directory that belongs to this process.</summary>
    public static string Create()
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{Environment.ProcessId}-{Daemon.StartTicks(Environment.ProcessId)}-{Guid.NewGuid():N}");
        return Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
    }

    /// <summary>Ends the servers and removes the directory as soon as this process ends, however that happens.</summary>
    public static Watchdog Watch(string directory) => Watchdog.Start(
        """
        for file in "$1"/*.pid; do [ -e "$file" ] && kill -KILL "$(cut -d ' ' -f 1 "$file")" 2> /dev/null; done
        rm -rf "$1"
        """,
        directory);

    /// <summary>Ends the servers and removes the directories of owners that are gone; those of other users are left alone.</summary>
    public static void Sweep()
    {
        foreach (var directory in Directory.EnumerateDirectories(Root, Prefix + "*"))
        {
            var name = Path.GetFileName(directory).Split('-');
            if (name.Length == 5 && !IsAlive(name[2], name[3]))
                Remove(directory);
        }
    }

    /// <summary>Ends every process that a pid file of the directory names, then deletes the directory.</summary>
    public static void Remove(string directory)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(directory, "*.pid"))
            {
                var parts = File.ReadAllText(file).Split(' ');
                if (parts.Length == 2 && IsAlive(parts[0], parts[1]))
                    Kill(int.Parse(parts[0], CultureInfo.InvariantCulture));
            }

            Directory.Delete(directory, recursive: true);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            // Another process sweeps the same leftovers, or they belong to somebody else.
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(5_000);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile, or belongs to another user.
        }
    }

    private static bool IsAlive(string pid, string startTicks)
        => int.TryParse(pid, CultureInfo.InvariantCulture, out var id)
           && Daemon.StartTicks(id)?.ToString(CultureInfo.InvariantCulture) == startTicks;
}
