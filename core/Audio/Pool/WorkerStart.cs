using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace QualityIngest.Audio;

/// <summary>How a worker is started: this program again, with nothing of its surroundings but what finds its runtime.</summary>
internal static class WorkerStart
{
    // No secret of the parent's, nor anything that makes the child do or write something of its own.
    private static readonly string[] Inherited =
    [
        "PATH", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
    ];

    public static ProcessStartInfo For(SoundOptions options, Assembly? program)
    {
        var command = options.Command is { Count: > 0 } given ? given : Command(program);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1).Concat(SoundWorker.Arguments(options)))
            start.ArgumentList.Add(argument);

        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = (options.MemoryBytes / 2).ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0"; // counting calls costs more than it saves here
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // no socket and no pipe in the temporary directory
        return start;
    }

    private static IReadOnlyList<string> Command(Assembly? program)
    {
        var library = program?.Location;
        var own = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no program that could be started again.");
        if (string.IsNullOrEmpty(library) || Path.GetFileNameWithoutExtension(own) == Path.GetFileNameWithoutExtension(library))
            return [own];
        return [Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : Host(), library];
    }

    // The host that belongs to the runtime this process runs on: <root>/shared/Microsoft.NETCore.App/<version>/.
    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
