using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>Suspends connectors that cannot read their bucket, and resumes them.</summary>
public sealed class ConnectorHealth(
    Postgres postgres, WorkQueue queue, ConnectorNotices notices, ScanDirectory scans, IOptions<IngestOptions> options)
{
    /// <summary>
    /// Suspends the connector, where it is not yet: its lane closes, and a probe is due soon. Gives back the work that met the
    /// failure, with its attempt. What the connector took over from one that was removed lies in the other's open lane, and
    /// waits there as long as the first probe does.
    /// </summary>
    /// <exception cref="LeaseLostException">Some of the work is another worker's by now; the connector is suspended all the same.</exception>
    public async Task Suspend(
        string tenant, Guid connector, SourceFailure failure, IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        await Suspend(tenant, connector, failure, cancel);
        await using var session = await postgres.Pipeline(tenant, cancel);
        await queue.Return(session, [.. items.Where(i => i.Lane == connector)], null, cancel);
        await queue.Return(session, [.. items.Where(i => i.Lane != connector)], options.Value.ProbeFirst, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Suspends the connector, where it is not yet.</summary>
    public async Task Suspend(string tenant, Guid connector, SourceFailure failure, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var suspended = await session.Execute(
            new Statement(
                """
                update connectors set
                    suspended_at = clock_timestamp(), suspended_code = $3, suspended_detail = $4, suspended_resolution = $5,
                    probe_at = clock_timestamp() + $6, probe_attempts = 0
                where tenant_id = $1 and id = $2 and suspended_at is null and deleted_at is null
                """,
                tenant, connector, failure.Code, failure.Message, failure.Resolution, options.Value.ProbeFirst),
            cancel);
        if (suspended == 0)
            return;
        await queue.CloseLane(session, tenant, connector, cancel);
        await notices.Tell(session, tenant, connector, new ConnectorSuspended(failure.Code, failure.Message, connector), cancel);
        await session.Commit(cancel);
    }

    /// <summary>Resumes the connector, unless it is disabled: its lane opens again, and a scan that it missed is made up for.</summary>
    public async Task Resume(string tenant, Guid connector, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var enabled = await session.Query(
            new Statement(
                """
                update connectors set
                    suspended_at = null, suspended_code = null, suspended_detail = null, suspended_resolution = null,
                    probe_at = null, probe_attempts = 0
                where tenant_id = $1 and id = $2 and suspended_at is not null
                returning enabled and deleted_at is null
                """,
                tenant, connector),
            row => row.GetBoolean(0), cancel);
        if (enabled is [])
            return;
        if (enabled[0])
            await queue.OpenLane(session, tenant, connector, cancel);
        await notices.Tell(session, tenant, connector, new ConnectorResumed(connector), cancel);
        await scans.MakeUp(session, connector, cancel);
        await session.Commit(cancel);
    }
}
