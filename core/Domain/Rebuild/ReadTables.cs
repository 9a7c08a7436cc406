using Microsoft.Extensions.Logging;
using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>
/// Makes the read tables anew of the events and the contents, in place: after an upgrade that says so, or where somebody has
/// laid hands on them. Times are those of the events. Nobody is told anything, because nothing happens.
/// <para>
/// Streams are locked a page at a time and committed with their rows, so that nodes may go on working; whoever is at a stream
/// is waited for. Memory holds a page. What was interrupted is begun anew, and doing it twice is the same as once.
/// </para>
/// </summary>
public sealed partial class ReadTables(
    Postgres postgres, EventStore.EventStore events, IEnumerable<IReadTable> tables, ILogger<ReadTables> logger)
{
    // In the order in which they refer to each other.
    private readonly IReadTable[] _tables = [.. tables];

    /// <summary>Makes those of all tenants anew.</summary>
    public async Task Rebuild(CancellationToken cancel)
    {
        List<string> tenants;
        await using (var session = await postgres.System(cancel))
            tenants = await session.Query(new Statement("select id from tenants order by id"), row => row.GetString(0), cancel);
        foreach (var tenant in tenants)
            await Rebuild(tenant, cancel);
    }

    /// <summary>Makes those of one tenant anew.</summary>
    public async Task Rebuild(string tenant, CancellationToken cancel)
    {
        foreach (var table in _tables)
            LogRebuilt(table.Name, tenant, await Write(tenant, table, cancel));
        foreach (var table in _tables.Reverse())
        {
            await using var session = await postgres.Pipeline(tenant, cancel);
            await session.ExecuteLong(Prune(tenant, table), cancel);
            await session.Commit(cancel);
        }
    }

    /// <summary>Writes all rows of a table, and gives how many streams made them.</summary>
    private async Task<long> Write(string tenant, IReadTable table, CancellationToken cancel)
    {
        var (written, after) = (0L, Guid.Empty);
        while (true)
        {
            await using var session = await postgres.Pipeline(tenant, cancel);
            var page = await events.LockNext(session.Transaction, tenant, table.StreamType, after, cancel);
            if (page is [])
                return written;
            await table.Write(session, page, cancel);
            await session.Commit(cancel);
            (written, after) = (written + page.Count, page[^1].Stream);
        }
    }

    /// <summary>Deletes the rows that nothing stored makes, once those of all streams are written.</summary>
    private static IEnumerable<Statement> Prune(string tenant, IReadTable made) => made.Rows.Select(rows => new Statement(
        $"""
        delete from {rows.Table} t
        where t.tenant_id = $1
          and not exists (
            select from events.mt_streams s where s.tenant_id = t.tenant_id and s.id = t.{rows.Id} and s.type = $2)
        """,
        tenant, made.StreamType));

    [LoggerMessage(2070, LogLevel.Information, "The read table {Table} of tenant {Tenant} was made anew of {Streams} streams.")]
    private partial void LogRebuilt(string table, string tenant, long streams);
}
