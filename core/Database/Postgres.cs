using Npgsql;

namespace QualityIngest.Database;

/// <summary>The one place where sessions are made. Its data source's search path is <c>qi</c>.</summary>
public sealed class Postgres(NpgsqlDataSource source)
{
    /// <summary>The role of requests: it owns nothing and obeys row-level security.</summary>
    public const string RequestRole = "qi_request";

    /// <summary>Opens a session of one tenant's requests.</summary>
    public Task<TenantSession> Tenant(string tenant, CancellationToken cancel) => Tenant(tenant, [], cancel);

    /// <summary>
    /// Opens a session of one tenant's requests that can write nothing, for statements that are made from what callers ask.
    /// </summary>
    public Task<TenantSession> Reading(string tenant, CancellationToken cancel) => Tenant(tenant, ["set transaction read only"], cancel);

    private async Task<TenantSession> Tenant(string tenant, IReadOnlyList<string> settings, CancellationToken cancel)
    {
        var (connection, transaction) = await Begin(cancel);
        try
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var setting in settings)
                batch.BatchCommands.Add(new(setting));
            batch.BatchCommands.Add(new($"set local role {RequestRole}"));
            batch.BatchCommands.Add(new("select set_config('qi.tenant', $1, true)") { Parameters = { new() { Value = tenant } } });
            await batch.ExecuteNonQueryAsync(cancel);
            return new TenantSession(connection, transaction, tenant);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a session of the pipeline, working for one tenant.</summary>
    public async Task<PipelineSession> Pipeline(string tenant, CancellationToken cancel)
    {
        var (connection, transaction) = await Begin(cancel);
        return new PipelineSession(connection, transaction, tenant);
    }

    /// <summary>Opens a session over all tenants.</summary>
    public async Task<SystemSession> System(CancellationToken cancel)
    {
        var (connection, transaction) = await Begin(cancel);
        return new SystemSession(connection, transaction);
    }

    private async Task<(NpgsqlConnection, NpgsqlTransaction)> Begin(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            return (connection, await connection.BeginTransactionAsync(cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
