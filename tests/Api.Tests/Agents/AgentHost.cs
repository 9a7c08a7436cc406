using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.Domain.Directory;

namespace QualityIngest.Api.Tests.Agents;

/// <summary>An application whose changes of agents are listened to.</summary>
public sealed class AgentHost : ApiHost
{
    private readonly Listener _listener = new();

    /// <summary>The versions of a tenant's directory that were told of, in order.</summary>
    public IEnumerable<long> Told(string tenant) => _listener.Told.Where(told => told.Tenant == tenant).Select(told => told.Version);

    /// <summary>Whether some session of this database waits for a lock.</summary>
    public async Task<bool> SomeoneWaitsForALock()
    {
        await using var session = await Database.Postgres.System(CancellationToken.None);
        return await session.Scalar<bool>(
            new Statement("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"),
            CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => services.AddSingleton<IDirectoryChanges>(_listener);

    private sealed class Listener : IDirectoryChanges
    {
        public ConcurrentQueue<(string Tenant, long Version)> Told { get; } = [];

        public async Task AgentsChanged(Session session, string tenant, CancellationToken cancel)
        {
            var version = await session.Scalar<long>(new Statement("select version from agent_directories where tenant_id = $1", tenant), cancel);
            Told.Enqueue((tenant, version));
        }
    }
}
