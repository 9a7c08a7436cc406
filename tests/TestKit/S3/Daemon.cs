using System.Diagnostics;
using System.Globalization;

namespace QualityIngest.TestKit.S3;

/// <summary>A long-running child process, known by its pid and the moment it started, so that no reused pid is ever taken for it.</summary>
internal sealed class Daemon
{
    private readonly Process process;

    private Daemon(Process process) => this.process = process;

    /// <summary>Whether it has ended by itself or by <see cref="Kill"/>.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts a program whose output goes to a file: a pipe would break when this process is killed.</summary>
    /// <param name="directory">Where <c>NAME.out</c> and <c>NAME.pid</c> are written; the pid file lets a later run find leftovers.</param>
    public static Daemon Start(string directory, string name, IReadOnlyDictionary<string, string> environment, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = directory, UseShellExecute = false };
        foreach (var argument in (string[])["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", Path.Combine(directory, name + ".out"), file, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        File.WriteAllText(Path.Combine(directory, name + ".pid"),
            string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartTicks(process.Id)}"));
        return new Daemon(process);
    }

    /// <summary>Ends it at once and waits, at most five seconds, until it is gone.</summary>
    public void Kill()
    {
        if (process.HasExited)
            return;
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            return; // It ended between the question and the signal.
        }

        process.WaitForExit(5_000);
    }

    /// <summary>When a process started, in clock ticks since boot; null when there is none of that pid.</summary>
    public static long? StartTicks(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may itself hold spaces and parentheses; field 22 counts from behind it.
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }
}
