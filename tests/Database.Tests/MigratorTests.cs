using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests;

public sealed class MigratorTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly MigrationSet Broken = new("Broken", typeof(MigratorTests).Assembly);
    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [SkippableFact]
    public async Task A_migrated_database_has_nothing_left_to_do()
    {
        var before = await Applied();
        Assert.Contains(before, row => row.StartsWith("Database/1/", StringComparison.Ordinal));

        await Migrator().Migrate(Never);
        await Migrator().Verify(Never);

        Assert.Equal(before, await Applied());
    }

    [SkippableFact]
    public async Task A_changed_file_is_refused()
    {
        await Run("update qi.schema_migrations set checksum = 'other' where room = 'Database' and number = 1");

        foreach (var refused in (Func<CancellationToken, Task>[])[Migrator().Migrate, Migrator().Verify])
        {
            var refusal = await Assert.ThrowsAsync<SchemaException>(() => refused(Never));
            Assert.Contains("Database/0001_work_items was changed", refusal.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_schema_newer_than_this_version_is_refused()
    {
        await Run("insert into qi.schema_migrations (room, number, name, checksum) values ('Database', 9999, 'of_tomorrow', 'c')");

        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator().Migrate(Never));

        Assert.Contains("Database/9999_of_tomorrow", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_failing_file_leaves_nothing_behind_and_the_ones_before_it_stand()
    {
        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator(Broken).Migrate(Never));
        Assert.Contains("Broken/0002_broken", refusal.Message, StringComparison.Ordinal);

        Assert.True(await Exists("qi.sound"));
        Assert.False(await Exists("qi.half_made"));
        Assert.Single(await Applied(), row => row.StartsWith("Broken/", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_node_that_may_not_migrate_refuses_an_older_schema()
    {
        await Run("delete from qi.schema_migrations where room = 'Domain'");
        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator().Verify(Never));
        Assert.Contains("lacks migration Domain/0001", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nodes_and_databases_that_start_at_once_on_a_new_server_all_migrate()
    {
        TestDatabase.Require();
        await using var server = await TestPostgres.Start();
        await using var root = NpgsqlDataSource.Create(server.ConnectionString);
        var databases = Enumerable.Range(0, 3).Select(n => $"parallel_{n}").ToArray();
        foreach (var name in databases)
        {
            await using var create = root.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync(Never);
        }

        await Task.WhenAll(databases.SelectMany(name => Enumerable.Range(0, 3).Select(_ => Fresh(server, name))));
    }

    [SkippableFact]
    public async Task An_ordinary_login_migrates_its_own_database_and_assumes_the_request_role()
    {
        TestDatabase.Require();
        var login = "login_" + Guid.NewGuid().ToString("n");
        await using (var admin = NpgsqlDataSource.Create(_database.ConnectionString))
        {
            await using var create = admin.CreateCommand($"create role {login} login createdb password 'secret'; grant qi_request to {login}");
            await create.ExecuteNonQueryAsync(Never);
            await using var database = admin.CreateCommand($"create database {login} owner {login}");
            await database.ExecuteNonQueryAsync(Never);
        }
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = login, Password = "secret", Database = login, Pooling = false };
        await using var source = DatabaseServer.Open(settings.ConnectionString, new DatabaseOptions(), null);

        await new Migrator(source, TestDatabase.Migrations, NullLogger<Migrator>.Instance).Migrate(Never);

        await using (var session = await new Postgres(source).Tenant("acme", Never))
            Assert.Equal(Postgres.RequestRole, await session.Scalar<string>(new Statement("select current_user::text"), Never));

        await using var clean = _database.Source.CreateCommand($"drop database {login}");
        await clean.ExecuteNonQueryAsync(Never);
        await using var gone = _database.Source.CreateCommand($"drop role {login}");
        await gone.ExecuteNonQueryAsync(Never);
    }

    private static async Task Fresh(TestPostgres server, string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = false };
        await using var source = DatabaseServer.Open(settings.ConnectionString, new DatabaseOptions(), null);
        await new Migrator(source, TestDatabase.Migrations, NullLogger<Migrator>.Instance).Migrate(Never);
    }

    private Migrator Migrator(params MigrationSet[] more) => new(_database.Source, [.. TestDatabase.Migrations, .. more], NullLogger<Migrator>.Instance);

    private async Task<List<string>> Applied()
    {
        await using var session = await _database.Postgres.System(Never);
        return await session.Query(
            new Statement("select room || '/' || number || '/' || applied_at from qi.schema_migrations order by room, number"),
            row => row.GetString(0), Never);
    }

    private async Task Run(string sql)
    {
        await using var session = await _database.Postgres.System(Never);
        await session.Execute(new Statement(sql), Never);
        await session.Commit(Never);
    }

    private async Task<bool> Exists(string table)
    {
        await using var session = await _database.Postgres.System(Never);
        return await session.Scalar<bool>(new Statement("select to_regclass($1) is not null", table), Never);
    }
}
