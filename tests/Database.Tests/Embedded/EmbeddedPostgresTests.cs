using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Embedded;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly string _directory = Directory.CreateTempSubdirectory("qi-embedded-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [SkippableFact]
    public async Task Data_is_kept_between_runs_and_the_server_stops_with_its_owner()
    {
        Require();
        int port;
        await using (var first = await Start())
        {
            port = first.Port;
            await Run(first, "create table kept (n int); insert into kept values (7)");
            Assert.Equal("127.0.0.1", await Scalar(first, "show listen_addresses"));
            Assert.Equal("", await Scalar(first, "show unix_socket_directories"));
        }
        Assert.False(await Listens(port));

        await using var second = await Start();
        Assert.Equal(7, await Scalar(second, "select n from kept"));
    }

    [SkippableFact]
    public async Task The_password_is_needed_and_kept_to_its_owner()
    {
        Require();
        await using var server = await Start();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Never))).SqlState);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, "postgres.password")));
    }

    [SkippableFact]
    public async Task Data_in_use_is_refused_to_a_second_process()
    {
        Require();
        await using var server = await Start();
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(Start);
        Assert.Contains("Another process", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_that_a_killed_process_left_behind_is_adopted()
    {
        Require();
        var killed = await Start();
        await Run(killed, "create table kept (n int)");
        var pid = PostmasterFile.Read(killed.Cluster)!.Pid;
        killed.Abandon();

        await using (var adopted = await Start())
        {
            Assert.Equal((killed.Port, pid), (adopted.Port, PostmasterFile.Read(adopted.Cluster)!.Pid));
            Assert.Equal(0L, await Scalar(adopted, "select count(*) from kept"));
        }
        Assert.False(await Listens(killed.Port));
    }

    [SkippableFact]
    public async Task A_stale_pid_file_of_another_process_does_not_stop_the_start()
    {
        Require();
        string cluster;
        await using (var first = await Start())
            cluster = first.Cluster;
        await File.WriteAllLinesAsync(Path.Combine(cluster, "postmaster.pid"), ["999999999", cluster, "0", "1", "", "127.0.0.1", "", "ready"], Never);

        await using var second = await Start();
        Assert.Equal(1, await Scalar(second, "select 1"));
    }

    [SkippableFact]
    public async Task Data_that_was_half_made_is_made_anew()
    {
        Require();
        Directory.CreateDirectory(Path.Combine(_directory, "postgres.new", "data"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "postgres.password"), "of the run that ended", Never);

        await using var server = await Start();
        Assert.Equal(1, await Scalar(server, "select 1"));
    }

    [SkippableFact]
    public async Task A_directory_that_the_servers_account_cannot_reach_is_refused_or_replaced()
    {
        Require();
        Skip.IfNot(Environment.IsPrivilegedProcess, "Only root drops to another account.");
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var options = Options with { Directory = Path.Combine(_directory, "closed", "data") };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory, own | UnixFileMode.OtherExecute);
            Directory.CreateDirectory(Path.Combine(_directory, "closed"), own);
        }

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.Start(options, NullLogger.Instance, Never));
        Assert.Contains("Data__Directory", refusal.Message, StringComparison.Ordinal);

        var elsewhere = Path.Combine(_directory, "elsewhere");
        await using var server = await EmbeddedPostgres.Start(options with { UnreachableDirectory = elsewhere }, NullLogger.Instance, Never);
        Assert.Equal(Path.Combine(elsewhere, "postgres"), server.Cluster);
    }

    [Fact]
    public async Task Missing_programs_are_told_with_the_line_that_installs_them()
    {
        var options = new EmbeddedPostgresOptions { Directory = _directory, Binaries = _directory };
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.Start(options, NullLogger.Instance, Never));
        Assert.Contains("apt-get install -y postgresql", refusal.Message, StringComparison.Ordinal);
    }

    private Task<EmbeddedPostgres> Start() =>
        EmbeddedPostgres.Start(Options, NullLogger.Instance, Never);

    private EmbeddedPostgresOptions Options => new()
    {
        Directory = _directory,
        Patience = TimeSpan.FromMilliseconds(200),
        Settings = new Dictionary<string, string> { ["fsync"] = "off" },
    };

    private static void Require()
    {
        if (PostgresBinaries.Find() is null)
            TestDatabase.RequireServer(PostgresBinaries.HowToInstall);
    }

    private static async Task Run(EmbeddedPostgres server, string sql) => await Scalar(server, sql);

    private static async Task<object?> Scalar(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Never);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Never);
    }

    private static async Task<bool> Listens(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            await client.ConnectAsync(System.Net.IPAddress.Loopback, port, Never);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
