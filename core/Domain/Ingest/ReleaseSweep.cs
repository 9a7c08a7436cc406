using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Directory;

namespace QualityIngest.Domain.Ingest;

/// <summary>Has everything that is held looked at again, whatever happened.</summary>
public sealed class ReleaseSweep(Postgres postgres, WorkQueue queue, IOptions<IngestOptions> options) : ISweep
{
    /// <inheritdoc/>
    public TimeSpan Every => options.Value.ReleaseSweep;

    /// <summary>Enqueues a look at every tenant that holds something.</summary>
    public async Task Sweep(CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var tenants = await session.Query(
            new Statement("select id from tenants t where exists (select 1 from conversations v where v.tenant_id = t.id and v.status = 'held')"),
            row => row.GetString(0), cancel);
        foreach (var tenant in tenants)
            await queue.Enqueue(session, tenant, [ReleaseStep.Item(null)], cancel);
        await session.Commit(cancel);
    }
}

/// <summary>Has a tenant's held conversations looked at when its agents change, in the transaction of the change.</summary>
public sealed class ReleaseOnAgents(WorkQueue queue) : IDirectoryChanges
{
    /// <inheritdoc/>
    public Task AgentsChanged(Session session, string tenant, CancellationToken cancel) =>
        queue.Enqueue(session, tenant, [ReleaseStep.Item(null)], cancel);
}
