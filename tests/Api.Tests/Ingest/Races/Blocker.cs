using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Ingest.Races;

/// <summary>Holds rows locked, so that whoever needs them waits where a test wants it to.</summary>
public sealed class Blocker : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly TestDatabase _database;

    private Blocker(NpgsqlConnection connection, NpgsqlTransaction transaction, TestDatabase database) =>
        (_connection, _transaction, _database) = (connection, transaction, database);

    /// <summary>Locks what a statement locks.</summary>
    /// <param name="database">Where.</param>
    /// <param name="sql">A statement that locks rows, one parameter to name them by.</param>
    /// <param name="id">The parameter.</param>
    public static async Task<Blocker> Hold(TestDatabase database, string sql, object id)
    {
        var connection = await database.Source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync();
        return new(connection, transaction, database);
    }

    /// <summary>Locks a stream as whoever appends to it does.</summary>
    public static Task<Blocker> HoldStream(TestDatabase database, Guid stream) =>
        Hold(database, "select from events.mt_streams where id = $1 for update", stream);

    /// <summary>Waits until so many others wait for this one's locks, or for those who do.</summary>
    public Task Blocks(int others) => Arranged.Until(async () =>
    {
        await using var command = _database.Source.CreateCommand(
            """
            with recursive waits as materialized (
                select pid, unnest(pg_blocking_pids(pid)) as on_pid from pg_stat_activity where datname = current_database()
            ), behind as (
                select pid from waits where on_pid = $1
                union
                select w.pid from waits w join behind b on w.on_pid = b.pid
            )
            select count(*) from behind
            """);
        command.Parameters.AddWithValue(_connection.ProcessID);
        return (long)(await command.ExecuteScalarAsync())! >= others;
    });

    /// <summary>Lets the rows go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
