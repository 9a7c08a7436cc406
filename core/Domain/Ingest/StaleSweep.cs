using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Scheduling;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Tells of connectors whose schedule fires and whose scans do not reach their end, suspended ones among them; once, until one
/// does. What counts before the first scan, and after a change, is the time of that change.
/// </summary>
public sealed partial class StaleSweep(Postgres postgres, ConnectorNotices notices, IOptions<IngestOptions> options, ILogger<StaleSweep> logger) : ISweep
{
    /// <inheritdoc/>
    public TimeSpan Every => options.Value.StaleSweep;

    /// <inheritdoc/>
    public async Task Sweep(CancellationToken cancel)
    {
        List<Watched> watched;
        await using (var session = await postgres.System(cancel))
        {
            watched = await session.Query(
                new Statement(
                    """
                    select tenant_id, id, schedule, last_discovery_at, updated_at, clock_timestamp()
                    from connectors
                    where enabled and deleted_at is null and schedule is not null and stale_at is null
                      and greatest(last_discovery_at, updated_at) < clock_timestamp() - interval '2 minutes' -- no schedule is closer
                    """),
                row => new Watched(
                    row.GetString(0), row.GetGuid(1), row.GetString(2),
                    row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)),
                cancel);
        }

        foreach (var connector in watched)
        {
            try
            {
                // A time zone that this node does not know any more is no reason to tell of nothing at all.
                var schedule = DomainJson.Read<Schedule>(connector.Schedule);
                if (schedule.Problems() is [] && schedule.IsOverdue(connector.Since, connector.Now))
                    await Tell(connector, cancel);
            }
            catch (Exception broken) when (broken is PostgresException or not (NpgsqlException or OperationCanceledException))
            {
                // Nor is one connector that cannot be told of. Where the database is away, nothing can.
                LogSkipped(broken, connector.Connector);
            }
        }
    }

    private async Task Tell(Watched stale, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(stale.Tenant, cancel);
        var first = await session.Execute(
            new Statement(
                """
                update connectors set stale_at = clock_timestamp()
                where tenant_id = $1 and id = $2 and enabled and deleted_at is null and stale_at is null
                  and updated_at = $3 and last_discovery_at is not distinct from $4
                """,
                stale.Tenant, stale.Connector, stale.UpdatedAt.UtcDateTime, stale.LastDiscoveryAt?.UtcDateTime),
            cancel);
        if (first == 0)
            return;
        await notices.Tell(session, stale.Tenant, stale.Connector, new ConnectorStale(stale.Connector, stale.LastDiscoveryAt), cancel);
        await session.Commit(cancel);
    }

    private sealed record Watched(
        string Tenant, Guid Connector, string Schedule, DateTimeOffset? LastDiscoveryAt, DateTimeOffset UpdatedAt, DateTimeOffset Now)
    {
        public DateTimeOffset Since => LastDiscoveryAt > UpdatedAt ? LastDiscoveryAt.Value : UpdatedAt;
    }

    [LoggerMessage(2004, LogLevel.Error, "Whether connector {Connector} is stale was not told; it is looked at again.")]
    private partial void LogSkipped(Exception broken, Guid connector);
}
