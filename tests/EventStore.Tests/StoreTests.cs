using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

/// <summary>What the tests of the store share: a database, short calls in a transaction of their own, and a look at who waits.</summary>
public abstract class StoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    protected const string Tenant = "acme";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected TestDatabase Database => database;

    protected static CancellationToken Cancel => CancellationToken.None;

    protected async Task<Writer> Begin() => await Writer.On(database.Source);

    /// <summary>Appends and commits.</summary>
    protected async Task Append(EventStore store, params StreamAppend[] appends)
    {
        await using var writer = await Begin();
        await store.Append(writer.Transaction, Tenant, appends, Cancel);
        await writer.Commit();
    }

    /// <summary>A stream as committed, read by a transaction of its own.</summary>
    protected async Task<IReadOnlyList<StoredEvent>> Fetch(Guid stream, string tenant = Tenant)
    {
        await using var reader = await Begin();
        return await Events.Store().FetchStream(reader.Transaction, tenant, stream, Cancel);
    }

    protected async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Returns when the writer's backend waits for a lock; fails when its work ends instead, or never waits.</summary>
    protected async Task UntilWaiting(Writer writer, Task work)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await Scalar<bool>("select cardinality(pg_blocking_pids($1)) > 0", writer.Pid))
        {
            Assert.False(work.IsCompleted, "The work was to wait for another transaction and ended instead.");
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>A connection with an open transaction, and the process that serves it.</summary>
public sealed class Writer : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private Writer(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, Transaction) = (connection, transaction);

    public NpgsqlTransaction Transaction { get; }

    public int Pid => _connection.ProcessID;

    public static async Task<Writer> On(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        var writer = new Writer(connection, await connection.BeginTransactionAsync());
        // A test that goes wrong ends all the same.
        await writer.Execute("set local lock_timeout = '20s'");
        return writer;
    }

    public async Task<int> Execute(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, _connection, Transaction);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    public Task Commit() => Transaction.CommitAsync();

    public Task Rollback() => Transaction.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
