using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>
/// A private PostgreSQL server, made from the installed programs and kept between runs in <c>postgres</c> below the data
/// directory. It listens on IPv4 loopback alone, on a port that was free, and asks for a generated password: a loopback port
/// is open to every account of the machine, and a Unix socket's path may not be longer than 107 bytes, which data directories are.
/// A server that a killed process left behind is adopted by the next one.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const string User = "quality_ingest";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly DataLock _lock;
    private readonly ServerAccount _account;
    private readonly string _programs;
    private readonly string _password;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ILogger _logger;

    private EmbeddedPostgres(
        DataLock held, ServerAccount account, string programs, string cluster, string password,
        IReadOnlyDictionary<string, string> settings, ILogger logger)
    {
        (_lock, _account, _programs, Cluster, _password, _settings, _logger) = (held, account, programs, cluster, password, settings, logger);
    }

    /// <summary>The directory of the data.</summary>
    public string Cluster { get; }

    /// <summary>The loopback port that the server listens on. It stays the same while this object lives.</summary>
    public int Port { get; private set; }

    /// <summary>The connection string of the database <c>postgres</c>, as its superuser.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = User,
        Password = _password,
        Database = "postgres",
    }.ConnectionString;

    /// <summary>Makes the data on the first run, and starts or adopts the server.</summary>
    /// <exception cref="EmbeddedPostgresException">PostgreSQL is missing, the data is in use or out of reach, or the server does not start.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        var programs = PostgresBinaries.Find(options.Binaries) ?? throw new EmbeddedPostgresException(PostgresBinaries.HowToInstall);
        var account = ServerAccount.Find();
        var home = await new ClusterHome(account, logger).Prepare(options, cancel);

        var held = await DataLock.Take(Path.Combine(home, "postgres.lock"), options.Patience, cancel);
        try
        {
            var cluster = Path.Combine(home, "postgres");
            var password = Password(Path.Combine(home, "postgres.password"), mustExist: Directory.Exists(cluster));
            var server = new EmbeddedPostgres(held, account, programs, cluster, password, options.Settings, logger);
            if (!Directory.Exists(cluster))
                await server.Initialise(cancel);
            if (!await server.Adopt(cancel))
                await server.Launch(cancel);
            return server;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server, ending its connections, and starts it again on the same port.</summary>
    public async Task Restart(CancellationToken cancel)
    {
        await Stop("fast", cancel);
        await Launch(cancel);
    }

    /// <summary>Stops the server, ending its connections: <c>fast</c> writes a checkpoint, <c>immediate</c> is a crash.</summary>
    public async Task Stop(string mode, CancellationToken cancel)
    {
        var result = await _account.Run(Program("pg_ctl"), ["stop", "-D", Cluster, "-m", mode, "-w", "-t", "60"], null, cancel);
        if (result.Exit != 0 && PostmasterFile.Read(Cluster) is not null)
            LogStopFailed(result.Output);
    }

    /// <summary>Starts a server that <see cref="Stop"/> stopped.</summary>
    public async Task Launch(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = Port == 0 ? FreePort() : Port;
            var result = await _account.Run(
                Program("pg_ctl"),
                ["start", "-D", Cluster, "-w", "-t", "60", "-l", Path.Combine(Cluster, "start.log"), "-o", Arguments(port)], null, cancel);
            if (result.Exit == 0)
            {
                Port = port;
                LogStarted(Cluster, port);
                return;
            }
            // Between asking for a free port and listening on it another process may have taken it.
            if (attempt == 3 || Port != 0)
                throw new EmbeddedPostgresException($"PostgreSQL did not start in {Cluster}. {result.Output} {await LastWords(cancel)}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop("fast", CancellationToken.None);
        _lock.Dispose();
    }

    /// <summary>Lets the data go as a killed process does: the server stays.</summary>
    internal void Abandon() => _lock.Dispose();

    // Made beside and moved into place, so that a run that is killed here leaves nothing that looks like data.
    private async Task Initialise(CancellationToken cancel)
    {
        var making = Cluster + ".new";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        Directory.CreateDirectory(making);
        await _account.Own(making, cancel);

        // The password reaches initdb through a file that only its own account could ever read.
        const string script = """
            set -e
            umask 077
            cat > "$1/password"
            "$2" -D "$1/data" -U "$3" --pwfile="$1/password" --auth=scram-sha-256 --encoding=UTF8 --locale="$4" --lc-messages=C $5
            rm "$1/password"
            """;
        var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";
        var sync = _settings.GetValueOrDefault("fsync") == "off" ? "--no-sync" : "";
        await ServerAccount.Check(_account.Run("sh", ["-c", script, "sh", making, Program("initdb"), User, locale, sync], _password, cancel));
        Directory.Move(Path.Combine(making, "data"), Cluster);
        Directory.Delete(making);
    }

    private async Task<bool> Adopt(CancellationToken cancel)
    {
        if (PostmasterFile.Read(Cluster) is not { } left || !left.Lives())
            return false;

        Port = left.Port;
        var began = TimeProvider.System.GetTimestamp();
        do
        {
            if (await Answers(cancel))
            {
                LogAdopted(Cluster, Port, left.Pid);
                return true;
            }
            await Task.Delay(200, cancel);
        }
        while (left.Lives() && TimeProvider.System.GetElapsedTime(began) < AnswerWithin);

        Port = 0;
        return false; // another program's process by now: starting tells, as the server checks its own lock
    }

    private async Task<bool> Answers(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancel);
            await using var command = new NpgsqlCommand("select current_setting('data_directory')", connection);
            return (string?)await command.ExecuteScalarAsync(cancel) == Cluster;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Arguments(int port)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            ["max_connections"] = "200",
            ["logging_collector"] = "on",
            ["log_directory"] = "log",
            ["log_filename"] = "postgresql-%a.log",
            ["log_truncate_on_rotation"] = "on",
            ["log_rotation_age"] = "1d",
            ["timezone"] = "UTC",
        };
        foreach (var (name, value) in _settings)
            settings[name] = value;
        return string.Join(' ', settings.Select(setting => $"-c {setting.Key}='{setting.Value}'"));
    }

    private string Program(string name) => Path.Combine(_programs, name);

    private async Task<string> LastWords(CancellationToken cancel) =>
        (await _account.Run("tail", ["-n", "5", Path.Combine(Cluster, "start.log")], null, cancel)).Output;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Password(string path, bool mustExist)
    {
        if (mustExist)
            return File.Exists(path)
                ? File.ReadAllText(path)
                : throw new EmbeddedPostgresException($"{path} is missing, and without it the data beside it cannot be opened. Restore it from a backup.");

        File.Delete(path); // of a run that ended before it made the data
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        using var file = new FileStream(path, PrivateFile.Create());
        file.Write(Encoding.ASCII.GetBytes(password));
        return password;
    }

    [LoggerMessage(EventId = 1010, Level = LogLevel.Information, Message = "PostgreSQL started with the data in {Cluster} on port {Port}.")]
    private partial void LogStarted(string cluster, int port);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "Adopted the PostgreSQL server of an earlier run: {Cluster}, port {Port}, pid {Pid}.")]
    private partial void LogAdopted(string cluster, int port, int pid);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "PostgreSQL did not stop: {Output}")]
    private partial void LogStopFailed(string output);
}
