using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Directory;

namespace QualityIngest.Domain.Ingest;

/// <summary>Has everything that is held looked at again now and then, whatever happened.</summary>
public sealed partial class ReleaseSweep(Postgres postgres, WorkQueue queue, IOptions<IngestOptions> options, ILogger<ReleaseSweep> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(options.Value.ReleaseSweep);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Npgsql.NpgsqlException broken)
            {
                LogBroken(broken);
            }
        }
    }

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

    [LoggerMessage(2003, LogLevel.Warning, "The database is away; held conversations are looked at later.")]
    private partial void LogBroken(Exception broken);
}

/// <summary>Has a tenant's held conversations looked at when its agents change, in the transaction of the change.</summary>
public sealed class ReleaseOnAgents(WorkQueue queue) : IDirectoryChanges
{
    /// <inheritdoc/>
    public Task AgentsChanged(Session session, string tenant, CancellationToken cancel) =>
        queue.Enqueue(session, tenant, [ReleaseStep.Item(null)], cancel);
}
