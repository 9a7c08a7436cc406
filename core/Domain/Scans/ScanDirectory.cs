using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Scans;

/// <summary>What started a scan.</summary>
public enum ScanTrigger
{
    /// <summary>The connector's schedule.</summary>
    Schedule,

    /// <summary>A refresh by hand.</summary>
    Manual,
}

/// <summary>Where a scan stands.</summary>
public enum ScanStatus
{
    /// <summary>Listing, or waiting to.</summary>
    Running,

    /// <summary>It reached the end of its listing.</summary>
    Completed,

    /// <summary>It could not go on; the error says why.</summary>
    Failed,

    /// <summary>It was ended early.</summary>
    Cancelled,
}

/// <summary>One line of a connector's log.</summary>
/// <param name="Id">The scan's id.</param>
/// <param name="ConnectorId">The connector that scanned.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Counts">What it found.</param>
/// <param name="ErrorCode">Why it failed, as a stable word.</param>
/// <param name="ErrorDetail">The same for people.</param>
public sealed record Scan(
    Guid Id, Guid ConnectorId, ScanTrigger Trigger, DateTimeOffset DueAt, ScanStatus Status,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long? DurationMs, ScanCounts Counts, string? ErrorCode, string? ErrorDetail);

/// <summary>What a scan found.</summary>
/// <param name="Pages">How many pages the listing had.</param>
/// <param name="Listed">Objects on them, media included.</param>
/// <param name="Discovered">Files seen for the first time.</param>
/// <param name="Changed">Files with a new ETag.</param>
/// <param name="Removed">Files gone from the bucket.</param>
/// <param name="Skipped">Files with nothing to ingest.</param>
/// <param name="Ignored">Files from before the connector's <c>ingestFrom</c>.</param>
public sealed record ScanCounts(long Pages, long Listed, long Discovered, long Changed, long Removed, long Skipped, long Ignored);

/// <summary>Starts, lists and cancels scans.</summary>
public sealed class ScanDirectory(Postgres postgres, WorkQueue queue, ScanLog log, IOptions<IngestOptions> options) : IScheduledScan
{
    private const string Columns =
        """
        id, connector_id, trigger, due_at, status, started_at, finished_at, pages, listed, discovered, changed, removed, skipped, ignored,
        error_code, error_detail
        """;

    /// <summary>A connector's scans, latest first.</summary>
    public async Task<Outcome<Page<Scan, Guid>>> List(Caller caller, Guid connector, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel) is null)
            return new Failure.NotFound();
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from scans
                where connector_id = $1 and ($2::timestamptz is null or (started_at, id) < ($2, $3::uuid))
                order by started_at desc, id desc limit $4
                """,
                connector, page.After?.At, page.After?.Id, page.Limit + 1),
            Read, cancel);
        return Page.Of(rows, page, s => new Position<Guid>(s.StartedAt, s.Id));
    }

    /// <summary>One scan.</summary>
    public async Task<Outcome<Scan>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Find(session, id, cancel) is { } scan ? scan : new Failure.NotFound();
    }

    /// <summary>
    /// Starts a scan by hand: at most one a minute for each connector, over all nodes; not while the connector is disabled,
    /// suspended or scanning.
    /// </summary>
    public async Task<Outcome<Scan>> Refresh(Caller caller, Guid connector, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (!stored.Enabled)
            return new Failure.Conflict("connector_disabled", "Enable the connector first.");
        if (stored.Suspension is { } suspension)
            return new Failure.Conflict("connector_suspended", $"The connector rests: {suspension.Detail} {suspension.Resolution}");
        var wait = await session.Scalar<TimeSpan?>(
            new Statement("select last_refresh_at + $2 - clock_timestamp() from connectors where id = $1", connector, options.Value.RefreshCooldown),
            cancel);
        if (wait > TimeSpan.Zero)
            return new Failure.Refused("refresh_cooldown", "This connector was refreshed a moment ago.", wait);

        var due = await session.Scalar<DateTime>(
            new Statement("update connectors set last_refresh_at = clock_timestamp() where id = $1 returning last_refresh_at", connector), cancel);
        var id = Ids.New();
        if (!await Start(session, caller.Tenant, id, connector, ScanTrigger.Manual, due, cancel))
            return new Failure.Conflict("scan_running", "A scan of this connector is running.");
        var scan = (await Find(session, id, cancel))!;
        await session.Commit(cancel);
        return scan;
    }

    /// <summary>Ends a running scan. What it has discovered stays.</summary>
    public async Task<Outcome<Scan>> Cancel(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel) is null)
            return new Failure.NotFound();
        if (!await log.Cancel(session, caller.Tenant, id, cancel))
            return new Failure.Conflict("scan_ended", "The scan has ended already.");
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "scan.cancelled", id.ToString()), cancel);
        var scan = (await Find(session, id, cancel))!;
        await session.Commit(cancel);
        return scan;
    }

    /// <summary>Starts the scan of a schedule, once for each due time and never beside another one of the connector.</summary>
    public async Task Fire(string tenant, Guid connector, DateTimeOffset dueAt, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);

        // Shared before the scan is added, as a refresh locks it: in the other order the two deadlock.
        var works = await session.Scalar<bool>(
            new Statement(
                """
                select enabled and suspended_at is null and deleted_at is null from connectors
                where tenant_id = $1 and id = $2
                for share
                """,
                tenant, connector),
            cancel);
        if (works && await Start(session, tenant, Ids.New(), connector, ScanTrigger.Schedule, dueAt, cancel))
            await session.Commit(cancel);
    }

    /// <summary>
    /// Starts a scan for those that a suspension has cost: the one that met the failure, and, as after a downtime, one for all
    /// the times that a schedule was due. Nothing where there is none to make up for.
    /// </summary>
    public async Task MakeUp(PipelineSession session, Guid connector, CancellationToken cancel)
    {
        var (missed, now) = await session.First(
            new Statement(
                """
                select case when schedule is not null then 'schedule' else (
                        select case when s.status = 'failed' then s.trigger end
                        from scans s where s.tenant_id = $1 and s.connector_id = $2 order by s.started_at desc, s.id desc limit 1)
                    end,
                    clock_timestamp()
                from connectors
                where tenant_id = $1 and id = $2 and enabled and suspended_at is null and deleted_at is null
                for share
                """,
                session.Tenant, connector),
            row => (row.IsDBNull(0) ? null : row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancel);
        if (missed is not null)
            await Start(session, session.Tenant, Ids.New(), connector, DomainJson.Parse<ScanTrigger>(missed), now, cancel);
    }

    private async Task<bool> Start(
        Session session, string tenant, Guid id, Guid connector, ScanTrigger trigger, DateTimeOffset dueAt, CancellationToken cancel)
    {
        if (!await log.Start(session, tenant, id, connector, DomainJson.Word(trigger), dueAt, cancel))
            return false;
        await queue.Enqueue(
            session, tenant, [new(WorkKinds.Scan, id.ToString("N"), connector, DomainJson.Write(new ScanWork(id, connector)))], cancel);
        return true;
    }

    private static Task<Scan?> Find(Session session, Guid id, CancellationToken cancel) =>
        session.First(new Statement($"select {Columns} from scans where id = $1", id), Read, cancel);

    private static Scan Read(NpgsqlDataReader row)
    {
        var started = row.GetFieldValue<DateTimeOffset>(5);
        DateTimeOffset? finished = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6);
        return new(
            row.GetGuid(0),
            row.GetGuid(1),
            DomainJson.Parse<ScanTrigger>(row.GetString(2)),
            row.GetFieldValue<DateTimeOffset>(3),
            DomainJson.Parse<ScanStatus>(row.GetString(4)),
            started,
            finished,
            (long?)(finished - started)?.TotalMilliseconds,
            new(row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13)),
            row.IsDBNull(14) ? null : row.GetString(14),
            row.IsDBNull(15) ? null : row.GetString(15));
    }
}
