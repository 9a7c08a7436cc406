using Microsoft.Extensions.Logging.Abstractions;
using QualityIngest.Database;
using QualityIngest.TestKit.Processes;

namespace QualityIngest.TestKit;

/// <summary>
/// A private PostgreSQL server for tests, quick rather than safe, in a temporary directory that goes with the process.
/// Tests share one a process; a test that restarts or stops its server starts a dedicated one.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private const string Prefix = "qi-test-postgres-";
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static TestPostgres? _shared; // held: with it go the pipe and, at its end, the server

    private readonly EmbeddedPostgres _server;
    private readonly Watchdog _watchdog;

    private TestPostgres(EmbeddedPostgres server, Watchdog watchdog) => (_server, _watchdog) = (server, watchdog);

    /// <summary>Why no server can be had; null when one can. In CI a missing server is a failure instead.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } || PostgresBinaries.Find() is not null ? null : PostgresBinaries.HowToInstall;

    /// <summary>The superuser's connection string of the database <c>postgres</c>.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>
    /// The connection string of the process's shared server, or of the one that the environment variable TEST_POSTGRES names.
    /// </summary>
    public static async Task<string> Shared()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        await Gate.WaitAsync();
        try
        {
            _shared ??= await Start();
            return _shared.ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Starts a server of one's own. It ends on disposal, and with the process however that ends.</summary>
    public static async Task<TestPostgres> Start()
    {
        await Sweep();
        var directory = Path.Combine(Path.GetTempPath(), Prefix + Guid.NewGuid().ToString("n")[..12]);
        var server = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions
            {
                Directory = directory,
                Settings = new Dictionary<string, string>
                {
                    ["fsync"] = "off",
                    ["synchronous_commit"] = "off",
                    ["full_page_writes"] = "off",
                    ["max_connections"] = "300",
                    ["logging_collector"] = "off",
                },
            },
            NullLogger.Instance, CancellationToken.None);
        return new TestPostgres(server, Watch(directory));
    }

    /// <summary>Restarts the server on its port, ending all its connections. Pools notice with the next use of each: <c>Source.Clear()</c> forgets them.</summary>
    public Task Restart() => _server.Restart(CancellationToken.None);

    /// <summary>Ends the server as a crash does. <see cref="Launch"/> brings it back on its port.</summary>
    public Task Crash() => _server.Stop("immediate", CancellationToken.None);

    /// <summary>Starts the server after <see cref="Crash"/>.</summary>
    public Task Launch() => _server.Launch(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.Stop("immediate", CancellationToken.None);
        _watchdog.Dispose();
        await _server.DisposeAsync();
    }

    private static Watchdog Watch(string directory) => Watchdog.Start(
        """
        pid=$(head -n 1 "$1/postgres/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid" 2> /dev/null
        for i in $(seq 50); do [ -e "$1/postgres/postmaster.pid" ] && sleep 0.1; done
        rm -rf "$1"
        """,
        directory);

    // What a watchdog was killed over. A directory in use has its lock held.
    private static async Task Sweep()
    {
        foreach (var directory in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var age = DateTime.UtcNow - Directory.GetLastWriteTimeUtc(directory);
            if (age > TimeSpan.FromMinutes(5) && File.Exists(Path.Combine(directory, "postgres.lock")))
                await SweepOne(directory);
        }
    }

    private static async Task SweepOne(string directory)
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(directory, "postgres.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
        await using (held)
            Watch(directory).Dispose();
    }
}
