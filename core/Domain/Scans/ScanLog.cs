using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Scans;

/// <summary>The next page of a scan: the path's number and the key after which it lists.</summary>
public sealed record ScanPosition(int PathIndex, string? AfterKey);

/// <summary>A scan that still runs, where it stands.</summary>
public sealed record RunningScan(Guid Id, int PathIndex, string? AfterKey);

/// <summary>The scans of all connectors: their progress as rows, their beginning and end as events.</summary>
public sealed class ScanLog(Postgres postgres, EventStore.EventStore events)
{
    /// <summary>The kind of stream that scans are.</summary>
    public const string StreamType = "scan";

    /// <summary>The scan, if it still runs.</summary>
    public async Task<RunningScan?> Running(string tenant, Guid scan, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        return await session.First(
            new Statement(
                "select id, path_index, after_key from scans where tenant_id = $1 and id = $2 and status = 'running'", tenant, scan),
            row => new RunningScan(row.GetGuid(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2)), cancel);
    }

    /// <summary>Adds a scan, unless one of this due time is known or one of this connector runs. True: it was added.</summary>
    public async Task<bool> Start(
        Session session, string tenant, Guid scan, Guid connector, string trigger, DateTimeOffset dueAt, CancellationToken cancel)
    {
        var added = await session.Execute(
            new Statement(
                """
                insert into scans (id, tenant_id, connector_id, trigger, due_at, status)
                values ($1, $2, $3, $4, $5, 'running')
                on conflict do nothing
                """,
                scan, tenant, connector, trigger, dueAt.UtcDateTime),
            cancel);
        if (added == 1)
            await events.Append(
                session.Transaction, tenant, [new StreamAppend(scan, StreamType, 0, [new ScanStarted(connector, trigger, dueAt)])], cancel);
        return added == 1;
    }

    /// <summary>Records a page. False: the scan does not run any more, and nothing may be committed.</summary>
    public static async Task<bool> Advance(
        PipelineSession session, Guid scan, ScanPosition position, long listed, PageDiff page, CancellationToken cancel) =>
        await session.Execute(
            new Statement(
                """
                update scans set
                    path_index = $3, after_key = $4, pages = pages + 1, listed = listed + $5,
                    discovered = discovered + $6, changed = changed + $7, removed = removed + $8,
                    skipped = skipped + $9, ignored = ignored + $10
                where tenant_id = $1 and id = $2 and status = 'running'
                """,
                session.Tenant, scan, position.PathIndex, position.AfterKey, listed,
                page.Discovered, page.Changed, page.Removed, page.Skipped, page.Ignored),
            cancel) == 1;

    /// <summary>Ends a scan that listed everything.</summary>
    public async Task Complete(PipelineSession session, Guid scan, Guid connector, CancellationToken cancel)
    {
        await session.Execute(
            new Statement(
                "update connectors set last_discovery_at = clock_timestamp(), stale_at = null where tenant_id = $1 and id = $2",
                session.Tenant, connector),
            cancel);
        await End(session, scan, "completed", null, null, cancel);
    }

    /// <summary>Ends a scan that could not go on.</summary>
    public Task Fail(PipelineSession session, Guid scan, string code, string detail, CancellationToken cancel) =>
        End(session, scan, "failed", code, detail, cancel);

    /// <summary>Ends a scan early. True: it did run.</summary>
    public Task<bool> Cancel(Session session, string tenant, Guid scan, CancellationToken cancel) =>
        End(session, tenant, scan, "cancelled", null, null, cancel);

    /// <summary>Ends a scan early.</summary>
    public Task Cancel(PipelineSession session, Guid scan, CancellationToken cancel) =>
        Cancel(session, session.Tenant, scan, cancel);

    private Task<bool> End(PipelineSession session, Guid scan, string status, string? code, string? detail, CancellationToken cancel) =>
        End(session, session.Tenant, scan, status, code, detail, cancel);

    private async Task<bool> End(
        Session session, string tenant, Guid scan, string status, string? code, string? detail, CancellationToken cancel)
    {
        var ended = await session.Query(
            new Statement(
                """
                update scans set status = $3, error_code = $4, error_detail = $5, finished_at = clock_timestamp()
                where tenant_id = $1 and id = $2 and status = 'running'
                returning connector_id, listed, discovered, changed, removed
                """,
                tenant, scan, status, code, detail),
            object (row) => status switch
            {
                "completed" => new ScanCompleted(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                "failed" => new ScanFailed(row.GetGuid(0), code!, detail!),
                _ => new ScanCancelled(row.GetGuid(0)),
            },
            cancel);
        if (ended is [])
            return false;

        var locked = await events.Lock(session.Transaction, tenant, [scan], cancel);
        await events.Append(session.Transaction, tenant, [new StreamAppend(scan, StreamType, locked[scan].Version, ended)], cancel);
        return true;
    }
}
