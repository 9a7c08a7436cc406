using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace QualityIngest.Database;

/// <summary>
/// Brings a database to this version's schema. Any number of nodes may call it at once: one works, the others wait and
/// then find nothing to do. Sets are applied in the given order, each file in a transaction of its own.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource owner, IEnumerable<MigrationSet> sets, ILogger<Migrator> logger)
{
    // Advisory locks belong to one database, which is exactly what one migration is about.
    private const long Lock = 0x7169_6d69_6772_6174;

    private const string Ledger = """
        create schema if not exists qi;
        create table if not exists qi.schema_migrations (
            room       text not null,
            number     integer not null,
            name       text not null,
            checksum   text not null,
            applied_at timestamptz not null default clock_timestamp(),
            primary key (room, number)
        );
        """;

    /// <summary>Creates the schema <c>qi</c> and the request role if they are missing, and applies what is not applied yet.</summary>
    /// <exception cref="SchemaException">
    /// An applied file was changed since, the schema is newer than this version, or a file fails (it is then rolled back).
    /// </exception>
    public async Task Migrate(CancellationToken cancel)
    {
        var files = sets.SelectMany(set => set.Files()).ToArray();

        await using var connection = await owner.OpenConnectionAsync(cancel);
        await Run(connection, $"select pg_advisory_lock({Lock})", cancel);
        try
        {
            await RequestRole.Ensure(connection, cancel);
            await Run(connection, Ledger, cancel);
            foreach (var file in Pending(files, await Applied(connection, cancel)))
                await Apply(connection, file, cancel);
        }
        finally
        {
            // A connection that was cut gave its lock back by that, and has the reason for its end still to tell.
            if (connection.State == ConnectionState.Open)
                await Run(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Checks that the schema is exactly this version's, for a node that may not change it.</summary>
    /// <exception cref="SchemaException">It is older, newer, or was changed.</exception>
    public async Task Verify(CancellationToken cancel)
    {
        var files = sets.SelectMany(set => set.Files()).ToArray();
        await using var connection = await owner.OpenConnectionAsync(cancel);
        try
        {
            if (Pending(files, await Applied(connection, cancel)) is [var first, ..])
                throw new SchemaException($"The database lacks migration {first.Room}/{first.Number:0000}_{first.Name}. Run the migrations first.");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new SchemaException("The database was never migrated. Run the migrations first.", e);
        }
    }

    /// <summary>What remains to be applied, in order.</summary>
    internal static IReadOnlyList<Migration> Pending(IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied)
    {
        var known = files.ToDictionary(file => (file.Room, file.Number));
        foreach (var row in applied)
        {
            if (!known.Remove((row.Room, row.Number), out var file))
                throw new SchemaException(
                    $"The database has migration {row.Room}/{row.Number:0000}_{row.Name}, which this version does not know: " +
                    "its schema is newer. Start the version that made it, or restore a backup.");
            if (file.Checksum != row.Checksum)
                throw new SchemaException(
                    $"Migration {row.Room}/{row.Number:0000}_{row.Name} was changed after it was applied. " +
                    "An applied migration stays as it is; put the change into a new one.");
        }
        return files.Where(file => known.ContainsKey((file.Room, file.Number))).ToArray();
    }

    private static async Task<List<AppliedMigration>> Applied(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select room, number, name, checksum from qi.schema_migrations order by room, number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancel))
            rows.Add(new AppliedMigration(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3)));
        return rows;
    }

    private async Task Apply(NpgsqlConnection connection, Migration file, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await Run(connection, "set local search_path = qi", cancel);
            await Run(connection, file.Sql, cancel);
        }
        catch (PostgresException e)
        {
            throw new SchemaException($"Migration {file.Room}/{file.Number:0000}_{file.Name} failed and was rolled back: {e.MessageText}", e);
        }

        await using var record = new NpgsqlCommand(
            "insert into qi.schema_migrations (room, number, name, checksum) values ($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = file.Room }, new() { Value = file.Number }, new() { Value = file.Name }, new() { Value = file.Checksum } },
        };
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogApplied(file.Room, file.Number, file.Name);
    }

    // Waiting for another node's migration, or for one's own on a large table, has no bound that a client could know.
    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(EventId = 1000, Level = LogLevel.Information, Message = "Applied migration {Room}/{Number:0000}_{Name}.")]
    private partial void LogApplied(string room, int number, string name);
}

/// <summary>A row of <c>qi.schema_migrations</c>.</summary>
internal sealed record AppliedMigration(string Room, int Number, string Name, string Checksum);
