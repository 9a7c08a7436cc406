using System.Diagnostics;
using System.Globalization;

namespace QualityIngest.TestKit.Processes;

/// <summary>A long-running child process, known by its pid and the moment it started, so that no reused pid is ever taken for it.</summary>
public sealed class Daemon
{
    private readonly Process process;

    private Daemon(Process process, string output) => (this.process, Output) = (process, output);

    /// <summary>The file that has what it printed.</summary>
    public string Output { get; }

    /// <summary>The process id.</summary>
    public int Pid => process.Id;

    /// <summary>Whether it has ended, by itself or by us.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts a program whose output goes to a file: a pipe would break when this process is killed.</summary>
    /// <param name="directory">Where <c>NAME.out</c> and <c>NAME.pid</c> are written; the pid file lets a later run find leftovers.</param>
    /// <param name="name">Unique within the directory.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Daemon Start(string directory, string name, IReadOnlyDictionary<string, string> environment, string file, params string[] arguments)
    {
        var output = Path.Combine(directory, name + ".out");
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = directory, UseShellExecute = false };
        foreach (var argument in (string[])["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", output, file, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        File.WriteAllText(Path.Combine(directory, name + ".pid"),
            string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartTicks(process.Id)}"));
        return new Daemon(process, output);
    }

    /// <summary>Ends it at once, as a crash would, and waits until it is gone, at most five seconds.</summary>
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

    /// <summary>Asks it to end (SIGTERM), and kills it when it has not by then.</summary>
    public void Terminate(TimeSpan patience)
    {
        if (process.HasExited)
            return;
        using (var signal = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]))
            signal.WaitForExit();
        if (!process.WaitForExit(patience))
            Kill();
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
        catch (IOException)
        {
            return null;
        }
    }
}
