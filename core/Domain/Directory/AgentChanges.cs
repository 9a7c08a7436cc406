using QualityIngest.Database;

namespace QualityIngest.Domain.Directory;

/// <summary>What every change of a tenant's agents does besides: it takes its turn, and tells who waits for agents.</summary>
public sealed class AgentChanges(IEnumerable<IDirectoryChanges> listeners)
{
    /// <summary>
    /// Raises the version of the tenant's directory. The row stays locked until the transaction ends, so that changes come one
    /// after the other, and a batch that shares the row has decided either before or after all of this one.
    /// </summary>
    internal static async Task Begin(TenantSession session, CancellationToken cancel)
    {
        var raised = await session.Execute(
            new Statement("update agent_directories set version = version + 1 where tenant_id = $1", session.Tenant), cancel);
        if (raised == 0)
            throw new InvalidOperationException("The tenant has no directory of agents.");
    }

    /// <summary>Tells the listeners, before the commit.</summary>
    internal async Task Tell(TenantSession session, CancellationToken cancel)
    {
        foreach (var listener in listeners)
            await listener.AgentsChanged(session, session.Tenant, cancel);
    }
}
