using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Queries;

/// <summary>
/// Runs statements that are made from what a caller asks. Whatever they say, they see the caller's tenant alone, write nothing,
/// and end in time.
/// </summary>
public sealed class TenantQueries(Postgres postgres, IOptions<QueryOptions> options)
{
    /// <summary>Runs work in a transaction of the caller's tenant, which ends with it and leaves nothing behind.</summary>
    /// <exception cref="PostgresException">A statement failed; <c>57014</c>: it took too long.</exception>
    public async Task<T> Run<T>(Caller caller, Func<NpgsqlTransaction, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var session = await postgres.Reading(caller.Tenant, TimeSpan.FromSeconds(options.Value.TimeoutSeconds), cancel);
        return await work(session.Transaction, cancel);
    }
}
