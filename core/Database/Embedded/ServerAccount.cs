using System.Diagnostics;
using System.Text;

namespace QualityIngest.Database;

/// <summary>
/// The account that PostgreSQL runs under. PostgreSQL refuses to run as root, so a root process starts it as
/// <c>postgres</c> where that account exists and as <c>nobody</c> otherwise; any other process starts it as itself.
/// </summary>
internal sealed record ServerAccount(string Name, string? Uid, string? Gid)
{
    private static string Dropper { get; } = OnPath("setpriv") ? "setpriv" : "runuser";

    public static ServerAccount Find()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            return new ServerAccount(Environment.UserName, null, null);

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(parts => parts.Length >= 4).ToArray();
        foreach (var name in (string[])["postgres", "nobody"])
        {
            if (accounts.FirstOrDefault(parts => parts[0] == name) is [_, _, var uid, var gid, ..] && uid != "0")
                return new ServerAccount(name, uid, gid);
        }
        throw new EmbeddedPostgresException("PostgreSQL does not run as root, and neither the account postgres nor nobody exists. Create one, or start as an ordinary user.");
    }

    /// <summary>Whether commands run under another account than this process.</summary>
    public bool Drops => Uid is not null;

    /// <summary>Makes a directory and all in it the account's own.</summary>
    public Task Own(string directory, CancellationToken cancel) =>
        Drops ? Check(new ServerAccount("root", null, null).Run("chown", ["-R", $"{Uid}:{Gid}", directory], null, cancel)) : Task.CompletedTask;

    /// <summary>Whether the account can reach a directory through all its parents.</summary>
    public async Task<bool> Reaches(string directory, CancellationToken cancel) =>
        !Drops || (await Run("test", ["-x", directory], null, cancel)).Exit == 0;

    /// <summary>Runs a program to its end and returns its exit code and what it said.</summary>
    public async Task<CommandResult> Run(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancel)
    {
        var start = new ProcessStartInfo
        {
            FileName = Drops ? Dropper : program,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/",
        };
        IEnumerable<string> all = (Drops, Dropper) switch
        {
            (false, _) => arguments,
            (_, "setpriv") => [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--", program, .. arguments],
            _ => ["-u", Name, "--", program, .. arguments],
        };
        foreach (var argument in all)
            start.ArgumentList.Add(argument);

        using var process = Start(start);
        var said = new StringBuilder();
        DataReceivedEventHandler keep = (_, line) =>
        {
            lock (said)
                said.AppendLine(line.Data);
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (said)
            return new CommandResult(process.ExitCode, said.ToString().Trim());
    }

    /// <summary>Waits for a command that has to succeed.</summary>
    public static async Task Check(Task<CommandResult> command)
    {
        var result = await command;
        if (result.Exit != 0)
            throw new EmbeddedPostgresException($"Exit code {result.Exit}: {result.Output}");
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new EmbeddedPostgresException($"{start.FileName} could not be started: {e.Message}", e);
        }
    }
}

/// <summary>How a program ended.</summary>
internal sealed record CommandResult(int Exit, string Output);

/// <summary>Thrown when PostgreSQL cannot be run here. The message says what to do about it.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
