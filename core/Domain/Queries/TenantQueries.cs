using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Queries;

/// <summary>
/// Runs statements that are made from what a caller asks. Whatever they say, they see the caller's tenant alone and write nothing.
/// </summary>
public sealed class TenantQueries(Postgres postgres)
{
    /// <summary>Runs work in a transaction of the caller's tenant, which ends with it and leaves nothing behind.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="work">What runs in the transaction.</param>
    /// <param name="cancel">Ends the work and the statement that it waits for.</param>
    public async Task<T> Run<T>(
        Caller caller, Func<NpgsqlTransaction, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await using var session = await postgres.Reading(caller.Tenant, cancel);
        return await work(session.Transaction, cancel);
    }
}
