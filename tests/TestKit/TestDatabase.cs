using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;
using Xunit;

namespace QualityIngest.TestKit;

/// <summary>
/// A migrated database of one's own, for a class fixture. Without PostgreSQL, using it skips the test, which therefore is a
/// <c>[SkippableFact]</c>; in CI it fails instead.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<string, string> Templates = [];
    private readonly string _name = "qi_test_" + Guid.NewGuid().ToString("n");

    private string? _server;
    private NpgsqlDataSource? _source;

    /// <summary>The migrations of the whole product, in their order.</summary>
    public static IReadOnlyList<MigrationSet> Migrations { get; } =
    [
        DatabaseServices.Migrations,
        new("EventStore", typeof(StoredEvent).Assembly),
        new("Domain", typeof(SourceSettings).Assembly),
    ];

    /// <summary>The owner's connection string.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The owner's data source, with the product's settings.</summary>
    public NpgsqlDataSource Source
    {
        get
        {
            Require();
            return _source!;
        }
    }

    /// <summary>Sessions on this database.</summary>
    public Postgres Postgres => new(Source);

    /// <summary>A database on a server of the test's own, e.g. one that it restarts.</summary>
    public static async Task<TestDatabase> On(TestPostgres server)
    {
        var database = new TestDatabase { _server = server.ConnectionString };
        await database.InitializeAsync();
        return database;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (TestPostgres.Missing is not null)
            return; // said by the tests that need it
        _server ??= await TestPostgres.Shared();
        var template = await Template(_server);
        await Run(_server, $"create database {_name} template {template} strategy file_copy");

        ConnectionString = new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;
        _source = DatabaseServer.Open(ConnectionString, new DatabaseOptions(), null);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        // A private server goes as a whole; a given one is left as it was found.
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") == _server)
            await Run(_server!, $"drop database {_name} with (force)");
    }

    /// <summary>Skips a test for want of a server; in CI it fails instead.</summary>
    public static void RequireServer(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        Skip.If(true, reason);
    }

    /// <summary>Skips a test that needs PostgreSQL where it is missing; in CI it fails instead.</summary>
    public static void Require()
    {
        if (TestPostgres.Missing is { } reason)
            RequireServer(reason);
    }

    private static async Task<string> Template(string server)
    {
        await Gate.WaitAsync();
        try
        {
            if (!Templates.TryGetValue(server, out var name))
                Templates[server] = name = await MakeTemplate(server);
            return name;
        }
        finally
        {
            Gate.Release();
        }
    }

    // Named after what it holds, so that test processes on one given server share it, and made under another name first,
    // so that what bears the name is whole.
    private static async Task<string> MakeTemplate(string server)
    {
        var name = "qi_template_" + Fingerprint();
        await using var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await turn.OpenAsync();
        await Execute(turn, "select pg_advisory_lock(726569)");
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", turn) { Parameters = { new() { Value = name } } };
        if ((bool)(await exists.ExecuteScalarAsync())!)
            return name;

        var making = name + "_new";
        await Execute(turn, $"drop database if exists {making} with (force)");
        await Execute(turn, $"create database {making}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = making, Pooling = false };
        await using (var source = DatabaseServer.Open(connection.ConnectionString, new DatabaseOptions(), null))
            await new Migrator(source, Migrations, NullLogger<Migrator>.Instance).Migrate(CancellationToken.None);
        await Execute(turn, $"alter database {making} rename to {name}");
        return name;
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in Migrations.Select(set => set.Assembly))
        {
            foreach (var file in assembly.GetManifestResourceNames().Where(name => name.Contains(".Migrations.", StringComparison.Ordinal)).Order())
            {
                using var content = new MemoryStream();
                assembly.GetManifestResourceStream(file)!.CopyTo(content);
                hash.AppendData(Encoding.UTF8.GetBytes(file));
                hash.AppendData(content.ToArray());
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static async Task Run(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await Execute(connection, sql);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
