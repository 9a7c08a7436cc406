using QualityIngest.Database;
using QualityIngest.Domain.Connectors;

namespace QualityIngest.Domain.Quotas;

/// <summary>A tenant's quota of one format, today.</summary>
/// <param name="Format">The format that the quota is of.</param>
/// <param name="Day">The UTC day, by the database's clock.</param>
/// <param name="UsedFiles">File versions that are charged to it.</param>
/// <param name="UsedBytes">Their stored bytes.</param>
/// <param name="LimitBytes">The most stored bytes a day.</param>
/// <param name="DeferredFiles">Files that wait for the next day.</param>
/// <param name="DeferredBytes">Their stored bytes.</param>
/// <param name="Ended">Whether a file did not fit: nothing more is read today.</param>
/// <param name="ResetsAt">When the next day begins.</param>
public sealed record QuotaUse(
    string Format, DateOnly Day, long UsedFiles, long UsedBytes, long LimitBytes, long DeferredFiles, long DeferredBytes, bool Ended,
    DateTimeOffset ResetsAt);

/// <summary>Reads how much of their quotas tenants have used.</summary>
public sealed class QuotaReport(DailyQuota quota)
{
    /// <summary>The tenant's quota of every limited format, by its name.</summary>
    public Task<List<QuotaUse>> Today(TenantSession session, CancellationToken cancel)
    {
        var formats = quota.Limits.Keys.Order(StringComparer.Ordinal).ToArray();
        return session.Query(
            Statement.File<QuotaReport>("Quotas/Today.sql", session.Tenant, formats, formats.Select(f => quota.Limits[f]).ToArray()),
            row =>
            {
                var day = row.GetFieldValue<DateOnly>(1);
                return new QuotaUse(
                    row.GetString(0), day, row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
                    row.GetBoolean(7), new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
            },
            cancel);
    }

    /// <summary>Adds its quota to each connector of a limited format: the tenant's, with what is deferred of the connector's own files.</summary>
    public async Task<IReadOnlyList<Connector>> Add(TenantSession session, IReadOnlyList<Connector> connectors, CancellationToken cancel)
    {
        var limited = connectors.Where(c => quota.Limits.ContainsKey(c.Format)).Select(c => c.Id).ToArray();
        if (limited is [])
            return connectors;
        var uses = (await Today(session, cancel)).ToDictionary(u => u.Format);
        var deferred = (await session.Query(
            new Statement(
                """
                select connector_id, count(*), sum(size)::bigint from files
                where tenant_id = $1 and connector_id = any($2) and status = 'deferred' and not removed
                group by connector_id
                """,
                session.Tenant, limited),
            row => (Id: row.GetGuid(0), Files: row.GetInt64(1), Bytes: row.GetInt64(2)), cancel)).ToDictionary(d => d.Id);
        return
        [
            .. connectors.Select(c => !uses.TryGetValue(c.Format, out var use)
                ? c
                : c with
                {
                    Quota = use with
                    {
                        DeferredFiles = deferred.GetValueOrDefault(c.Id).Files,
                        DeferredBytes = deferred.GetValueOrDefault(c.Id).Bytes,
                    },
                }),
        ];
    }
}
