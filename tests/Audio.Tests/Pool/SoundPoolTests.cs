using System.Diagnostics;
using System.Globalization;
using System.Text;
using QualityIngest.Audio.Tests.Kit;
using static QualityIngest.Audio.Tests.Kit.WaveBytes;

namespace QualityIngest.Audio.Tests.Pool;

/// <summary>Children that do their work, and children that die of it.</summary>
public sealed class SoundPoolTests : IDisposable
{
    private static readonly byte[] Good = Riff(Format(1, 2, 8_000, 16), Chunk("data", Samples16(Signal.Tones(8_000, 2, 8_000))));

    private readonly PoolLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_file_is_measured_as_it_is_in_process_and_the_child_stays()
    {
        await using var pool = Pool(Children.Good);

        var first = Assert.IsType<SoundMeasured>(await Measure(pool, Good));
        var second = Assert.IsType<SoundMeasured>(await Measure(pool, Good));
        var refused = Assert.IsType<SoundRefused>(await Measure(pool, []));

        var own = Assert.IsType<SoundMeasured>(await Recording.Read(Good));
        Assert.Equivalent(own.Sound, first.Sound, strict: true);
        Assert.Equivalent(own.Sound, second.Sound, strict: true);
        Assert.Equal("The file is empty.", refused.Reason);
        Assert.Single(_log.Processes);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("abort", "The process that read it crashed.")]
    [InlineData("segfault", "The process that read it crashed.")]
    [InlineData("quit", "The process that read it crashed.")]
    [InlineData("half", "The process that read it crashed.")]
    [InlineData("hang", "It was not read within 1 s.")]
    [InlineData("grow", "The process that read it grew beyond 128 MiB.")]
    [InlineData("babble", "The process that read it gave no sense.")]
    [InlineData("no json", "The process that read it gave no sense.")]
    [InlineData("boast", "The process that read it gave no sense.")]
    [InlineData("two answers", "The process that read it gave no sense.")]
    public async Task A_child_that_fails_loses_its_file_alone(string what, string reason)
    {
        var options = new SoundOptions
        {
            Workers = 1,
            Command = Children.Faulty,
            MemoryBytes = 128 * 1024 * 1024,
            FileTimeout = what == "hang" ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(20),
        };
        await using var pool = new SoundPool(options, null, _log);
        if (what != "hang")
            Assert.IsType<SoundMeasured>(await Measure(pool, Good));

        var lost = Assert.IsType<SoundLost>(await Measure(pool, Encoding.ASCII.GetBytes(what)));
        var dead = _log.Processes[^1];
        if (what != "hang")
            Assert.IsType<SoundMeasured>(await Measure(pool, Good));

        Assert.Equal(reason, lost.Reason);
        await Children.Gone(dead);
        Assert.Contains(reason, Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal(what == "hang" ? 1 : 2, _log.Processes.Count);
    }

    [Fact]
    public async Task What_a_child_complained_of_is_in_the_log_and_never_in_the_way()
    {
        await using var pool = Pool(Children.Faulty);

        Assert.Equal("said all", Assert.IsType<SoundRefused>(await Measure(pool, "stderr"u8.ToArray())).Reason);
        Assert.IsType<SoundLost>(await Measure(pool, "abort"u8.ToArray()));

        Assert.InRange(Assert.Single(_log.Warnings).Length, 1_000, 3_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_is_killed_in_the_middle_loses_its_file_alone(bool good)
    {
        await using var pool = Pool(good ? Children.Good : Children.Faulty);
        // An hour of noise takes the good one seconds.
        using var file = await Recording.Of(good ? Riff(Format(7, 1, 8_000, 8), Chunk("data", new byte[8_000 * 3_600])) : "hang"u8.ToArray());

        var outcome = pool.Measure(file, CancellationToken.None);
        await Children.Kill(await _log.Started(1));

        Assert.IsType<SoundLost>(await outcome);
        Assert.IsType<SoundMeasured>(await Measure(pool, Good));
    }

    [Fact]
    public async Task A_child_that_is_killed_while_it_waits_is_replaced_unseen()
    {
        await using var pool = Pool(Children.Good);
        await Measure(pool, Good);

        await Children.Kill(_log.Processes[0]);

        Assert.IsType<SoundMeasured>(await Measure(pool, Good));
        Assert.Equal(2, _log.Processes.Count);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_to_the_whole_family_does_not_end_a_child(string signal)
    {
        await using var pool = Pool(Children.Good);
        await Measure(pool, Good);

        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_log.Processes[0]}"]);
        await kill.WaitForExitAsync();

        Assert.IsType<SoundMeasured>(await Measure(pool, Good));
        Assert.Single(_log.Processes);
    }

    [Fact]
    public async Task Who_gives_up_ends_the_child()
    {
        await using var pool = Pool(Children.Faulty);
        using var cancel = new CancellationTokenSource();
        using var file = await Recording.Of("hang"u8.ToArray());

        var outcome = pool.Measure(file, cancel.Token);
        var child = await _log.Started(1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcome);
        await Children.Gone(child);
        Assert.IsType<SoundMeasured>(await Measure(pool, Good));
    }

    [Fact]
    public async Task More_files_than_children_wait_for_one()
    {
        await using var pool = Pool(Children.Good, workers: 2);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Measure(pool, Good)));

        Assert.All(outcomes, outcome => Assert.IsType<SoundMeasured>(outcome));
        Assert.InRange(_log.Processes.Count, 1, 2);
    }

    [Fact]
    public async Task The_end_of_the_pool_is_the_end_of_its_children()
    {
        var pool = Pool(Children.Faulty, workers: 2);
        await Measure(pool, Good);
        using var file = await Recording.Of("hang"u8.ToArray());
        var outcome = pool.Measure(file, CancellationToken.None);

        await pool.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcome);
        foreach (var child in _log.Processes)
            await Children.Gone(child);
    }

    [Fact]
    public async Task A_child_does_not_outlive_a_parent_that_is_killed()
    {
        var path = Path.GetTempFileName();
        // The good one, in the middle of four hours: the end of its input is all that it has to go by.
        await File.WriteAllBytesAsync(path, Riff(Format(7, 1, 4_000, 8), Chunk("data", new byte[4_000 * 14_400])));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in Children.Command(["owner", path, .. Children.Good]).Skip(1))
            start.ArgumentList.Add(argument);
        using var owner = Process.Start(start)!;
        var child = int.Parse((await owner.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        owner.Kill();

        await Children.Gone(child);
        File.Delete(path);
    }

    [Fact]
    public async Task A_child_sees_nothing_of_its_parents_environment()
    {
        Environment.SetEnvironmentVariable("Secrets__Keys__0", "a secret");
        await using var pool = Pool(Children.Faulty);

        var names = Assert.IsType<SoundRefused>(await Measure(pool, "surroundings"u8.ToArray())).Reason.Split(',');

        Assert.DoesNotContain("Secrets__Keys__0", names);
        Assert.All(names, name => Assert.True(name is "PATH" or "LD_LIBRARY_PATH" || name.StartsWith("DOTNET_", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task A_program_that_is_not_there_loses_the_file()
    {
        await using var pool = Pool(["/nowhere/at-all"]);

        Assert.Equal("No process could be started to read it.", Assert.IsType<SoundLost>(await Measure(pool, Good)).Reason);
    }

    [Fact]
    public async Task A_program_that_does_not_know_its_task_loses_the_file()
    {
        await using var pool = Pool(["/bin/false"]);

        Assert.IsType<SoundLost>(await Measure(pool, Good));
    }

    private SoundPool Pool(IReadOnlyList<string> command, int workers = 1) =>
        new(new SoundOptions { Workers = workers, Command = command }, null, _log);

    private static async Task<SoundOutcome> Measure(SoundPool pool, byte[] bytes)
    {
        using var file = await Recording.Of(bytes);
        return await pool.Measure(file, CancellationToken.None);
    }
}
