using System.Diagnostics;
using System.Globalization;
using QualityIngest.TestKit.Processes;
using Folder = System.IO.Directory;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class WorkplaceTests
{
    // Above the kernel's highest: a process of this id never lives.
    private const int NoProcess = 4_194_305;

    [Fact]
    public void What_a_killed_process_left_behind_is_swept()
    {
        using var server = Process.Start("sleep", "60");
        var directory = Leave(NoProcess, 1, server);

        Workplace.Sweep();

        Assert.True(server.WaitForExit(5_000));
        Assert.False(Folder.Exists(directory));
    }

    [Fact]
    public void What_a_process_owns_ends_with_its_watchdogs_pipe()
    {
        using var server = Process.Start("sleep", "60");
        var directory = Leave(Environment.ProcessId, Daemon.StartTicks(Environment.ProcessId)!.Value, server);
        using var watchdog = Workplace.Watch(directory);

        watchdog.Dispose();

        Assert.True(server.WaitForExit(5_000));
        Assert.False(Folder.Exists(directory));
    }

    [Fact]
    public void What_belongs_to_a_living_process_is_left_alone()
    {
        using var server = Process.Start("sleep", "60");
        var directory = Leave(Environment.ProcessId, Daemon.StartTicks(Environment.ProcessId)!.Value, server);

        Workplace.Sweep();

        Assert.False(server.HasExited);
        Assert.True(Folder.Exists(directory));
        Workplace.Remove(directory);
        Assert.True(server.WaitForExit(5_000));
    }

    [Fact]
    public void A_process_id_that_somebody_else_has_now_is_not_killed()
    {
        using var somebody = Process.Start("sleep", "60");
        var directory = Leave(NoProcess, 1, somebody, startedAt: 1);

        Workplace.Sweep();

        Assert.False(Folder.Exists(directory));
        Assert.False(somebody.HasExited);
        somebody.Kill();
    }

    /// <summary>A directory as a server's owner leaves it.</summary>
    private static string Leave(int owner, long ownerStart, Process server, long? startedAt = null)
    {
        var directory = Folder.CreateDirectory(Path.Combine(Path.GetTempPath(),
            string.Create(CultureInfo.InvariantCulture, $"qi-kit-{owner}-{ownerStart}-{Guid.NewGuid():N}"))).FullName;
        File.WriteAllText(Path.Combine(directory, "server.pid"),
            string.Create(CultureInfo.InvariantCulture, $"{server.Id} {startedAt ?? Daemon.StartTicks(server.Id)}"));
        return directory;
    }
}
