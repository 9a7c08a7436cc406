using Npgsql;

namespace QualityIngest.Database;

/// <summary>
/// One connection in one transaction, opened by <see cref="Postgres"/>. What is not committed is rolled back on disposal.
/// A session is used by one caller at a time.
/// </summary>
public abstract class Session : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private protected Session(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _connection = connection;
        Transaction = transaction;
    }

    /// <summary>The transaction that every statement of this session runs in.</summary>
    public NpgsqlTransaction Transaction { get; }

    /// <summary>The session's connection, for COPY and for rooms that speak Npgsql themselves.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <summary>Runs a statement and returns the number of rows it touched.</summary>
    public async Task<int> Execute(Statement statement, CancellationToken cancel)
    {
        await using var batch = Batch(statement);
        return await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Runs several statements in one round trip.</summary>
    public async Task ExecuteAll(IEnumerable<Statement> statements, CancellationToken cancel)
    {
        await using var batch = Batch(statements.ToArray());
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Runs statements in one round trip that last as long as what they work on or wait for: the command timeout, which is
    /// meant for all others, does not end them, and neither does a limit that was set on waiting for locks.
    /// </summary>
    public async Task ExecuteLong(IEnumerable<Statement> statements, CancellationToken cancel)
    {
        await using var batch = Batch([new("set local lock_timeout = 0"), .. statements]);
        batch.Timeout = 0;
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>All rows of a statement, in its order. For results whose size a limit in the statement bounds.</summary>
    public async Task<List<T>> Query<T>(Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var batch = Batch(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The rows of a statement one by one, for results of any size.</summary>
    public async IAsyncEnumerable<T> Stream<T>(
        Statement statement,
        Func<NpgsqlDataReader, T> read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var batch = Batch(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return read(reader);
    }

    /// <summary>The first row of a statement, or <c>default</c> when it has none.</summary>
    public async Task<T?> First<T>(Statement statement, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var batch = Batch(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : default;
    }

    /// <summary>The first column of the first row, or <c>default</c> when there is no row or it is null.</summary>
    public Task<T?> Scalar<T>(Statement statement, CancellationToken cancel) =>
        First(statement, row => row.IsDBNull(0) ? default : row.GetFieldValue<T>(0), cancel);

    /// <summary>
    /// Runs work on the product's own tables, which no role of requests reaches, within this session's transaction: as the
    /// owner, past row-level security. The work may not depend on what a request says beyond values that it was checked for.
    /// </summary>
    public virtual async Task<T> AsOwner<T>(Func<Task<T>> work, CancellationToken cancel) => await work();

    /// <summary>Makes everything that this session wrote visible, at once.</summary>
    public Task Commit(CancellationToken cancel) => Transaction.CommitAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await Transaction.DisposeAsync();
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    private NpgsqlBatch Batch(params Statement[] statements)
    {
        var batch = new NpgsqlBatch(_connection, Transaction);
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.ToCommand());
        return batch;
    }
}

/// <summary>
/// A session of one tenant's requests: it runs as a role that owns nothing, and row-level security shows it that tenant alone.
/// </summary>
public sealed class TenantSession : Session
{
    internal TenantSession(NpgsqlConnection connection, NpgsqlTransaction transaction, string tenant)
        : base(connection, transaction) => Tenant = tenant;

    /// <summary>The tenant that this session sees.</summary>
    public string Tenant { get; }

    /// <inheritdoc/>
    public override async Task<T> AsOwner<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await Execute(new Statement("set local role none"), cancel);
        var result = await work(); // where it fails, so does the transaction, and nothing more runs in it
        await Execute(new Statement($"set local role {Postgres.RequestRole}"), cancel);
        return result;
    }
}

/// <summary>
/// A session of the pipeline: it runs as the owner, past row-level security, so every statement in it names the tenant itself.
/// </summary>
public sealed class PipelineSession : Session
{
    internal PipelineSession(NpgsqlConnection connection, NpgsqlTransaction transaction, string tenant)
        : base(connection, transaction) => Tenant = tenant;

    /// <summary>The tenant that this session's statements name.</summary>
    public string Tenant { get; }
}

/// <summary>A session of the product itself, over all tenants: authentication, administration, schedules, work, migrations.</summary>
public sealed class SystemSession : Session
{
    internal SystemSession(NpgsqlConnection connection, NpgsqlTransaction transaction)
        : base(connection, transaction)
    {
    }
}
