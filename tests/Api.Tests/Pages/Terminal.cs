using System.Globalization;
using QualityIngest.TestKit;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.Api.Tests.Pages;

/// <summary>
/// A shell in the checkout, in which a page's blocks run one behind the other, as a reader would paste them. Whatever they
/// start ends with it.
/// </summary>
public sealed class Terminal : IDisposable
{
    // Parts the output of one block from the next.
    private const char Mark = '\u001e';

    private readonly Watchdog _watchdog;
    private readonly Dictionary<string, string> _environment;
    private int _runs;

    /// <summary>Opens one. What the pages leave to their readers, where data and backups lie, is in <see cref="Directory"/>.</summary>
    /// <param name="environment">Variables beside those of this process.</param>
    public Terminal(IReadOnlyDictionary<string, string> environment)
    {
        Workplace.Sweep();
        Directory = Workplace.Create();
        _watchdog = Watchdog.Start(
            """
            for file in "$1"/*.pid; do [ -e "$file" ] && kill -KILL -- "-$(cut -d ' ' -f 1 "$file")" 2> /dev/null; done
            rm -rf "$1"
            """,
            Directory);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        _environment = new()
        {
            ["CONFIGURATION"] = configuration,
            ["NO_BUILD"] = "1",
            ["Data__Directory"] = Path.Combine(Directory, "data"),
            ["node_env"] = Path.Combine(Directory, "quality-ingest.env"),
            ["backup"] = Path.Combine(Directory, "backup"),
            ["api_program"] = Path.Combine(Checkout.Root, "api", "bin", configuration, "net10.0", "QualityIngest.Api.dll"),
        };
        foreach (var (name, value) in environment)
            _environment[name] = value;
    }

    /// <summary>A directory of its own, that goes with it.</summary>
    public string Directory { get; }

    /// <summary>Skips a test where a program is missing, and fails it where CI=true.</summary>
    public static void Require(params string[] programs)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (programs.FirstOrDefault(program => !path.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing)
            TestDatabase.RequireServer($"There is no {missing}: ./dev test installs it where it may.");
    }

    /// <summary>Runs blocks until the first one that fails, and holds what they print against the page.</summary>
    /// <returns>What each of them printed.</returns>
    public async Task<IReadOnlyList<string>> Run(IReadOnlyList<ShellBlock> blocks, TimeSpan patience)
    {
        Assert.NotEmpty(blocks);
        var name = string.Create(CultureInfo.InvariantCulture, $"terminal-{++_runs}");
        var script = Path.Combine(Directory, name + ".sh");
        await File.WriteAllTextAsync(script, Script(blocks));
        var shell = Daemon.Start(Directory, name, _environment, "setsid", "bash", script);
        try
        {
            await Eventually.Holds(() => Task.FromResult(shell.HasExited), patience);
        }
        finally
        {
            if (!shell.HasExited)
                EndGroup(shell);
        }

        var printed = (await File.ReadAllTextAsync(shell.Output)).Split(Mark)[1..];
        if (printed is [])
            Assert.Fail($"Nothing was run.\n{Logs()}");
        // Behind the end may stand what the blocks' servers say when they are stopped.
        if (!printed[^1].StartsWith("end\n", StringComparison.Ordinal))
            Assert.Fail($"Block {printed.Length} failed:\n{blocks[printed.Length - 1].Code}\nIt printed:\n{printed[^1]}\n{Logs()}");
        var outputs = printed[..^1].Select(output => output.TrimStart('\n')).ToArray();
        foreach (var (block, output) in blocks.Zip(outputs))
            Assert.True(block.Agrees(output), $"The block\n{block.Code}\nshould print\n{block.Prints}\nand printed\n{output}");
        return outputs;
    }

    /// <inheritdoc/>
    public void Dispose() => _watchdog.Dispose();

    private static string Script(IReadOnlyList<ShellBlock> blocks) => $"""
        set -eu
        trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT
        cd '{Checkout.Root}'
        {string.Concat(blocks.Select(block => $"printf '{Mark}\\n'\n{block.Code}"))}
        printf '{Mark}end\n'
        """;

    // What the blocks' own servers said last, should they be why a block failed.
    private string Logs() => string.Concat(System.IO.Directory.EnumerateFiles(Directory, "*.log", SearchOption.AllDirectories)
        .Select(log => $"{Path.GetFileName(log)}:\n{string.Join('\n', File.ReadLines(log).TakeLast(20))}\n"));

    private static void EndGroup(Daemon shell)
    {
        using var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -KILL -- -{shell.Pid}")]);
        kill.WaitForExit();
    }
}
