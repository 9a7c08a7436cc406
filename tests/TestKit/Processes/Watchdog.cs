using System.Diagnostics;

namespace QualityIngest.TestKit.Processes;

/// <summary>
/// Cleans up after this process, however it ends: a process of its own waits for the end of a pipe that only this one holds,
/// and then runs a script. A test host that is killed closes the pipe too.
/// </summary>
public sealed class Watchdog : IDisposable
{
    private readonly Process _process;
    private bool _ended;

    private Watchdog(Process process) => _process = process;

    /// <summary>Starts one.</summary>
    /// <param name="script">What <c>/bin/sh</c> runs in the end; <c>$1</c> is the directory. It finds nothing to do where all is gone.</param>
    /// <param name="directory">The directory of the servers that it watches over.</param>
    public static Watchdog Start(string script, string directory)
    {
        // In a session of its own, so that an interrupted terminal does not end it first.
        string[] command =
        [
            .. File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : Array.Empty<string>(),
            "/bin/sh", "-c", "cat > /dev/null\n" + script, "sh", directory,
        ];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    /// <summary>Has it run now, and waits for its end.</summary>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
