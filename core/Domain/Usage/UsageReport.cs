using QualityIngest.Database;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Usage;

/// <summary>What a tenant has ingested on one UTC day, by the database's clock.</summary>
/// <param name="Day">The UTC day that is counted.</param>
/// <param name="Files">File versions read, of all formats.</param>
/// <param name="Bytes">Their stored bytes; a retry is not counted again.</param>
public sealed record UsageDay(DateOnly Day, long Files, long Bytes);

/// <summary>Today's usage, what it has left, and the days before it.</summary>
/// <param name="Today">Today so far.</param>
/// <param name="Quotas">Today's quota of every limited format, by its name.</param>
/// <param name="Days">The 30 days before today that have any, latest first.</param>
public sealed record Usage(UsageDay Today, IReadOnlyList<QuotaUse> Quotas, IReadOnlyList<UsageDay> Days);

/// <summary>Reads a tenant's usage.</summary>
public sealed class UsageReport(Postgres postgres, QuotaReport quotas)
{
    /// <summary>Today's usage and that of the 30 days before.</summary>
    public async Task<Usage> Get(Caller caller, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var days = await session.Query(
            new Statement(
                """
                select d.day, coalesce(u.files, 0), coalesce(u.bytes, 0)
                from (select utc_day() as day) d
                left join usage_days u on u.tenant_id = $1 and u.day = d.day
                union all
                select * from (
                    select day, files, bytes from usage_days
                    where tenant_id = $1 and day < utc_day() and files > 0
                    order by day desc limit 30) earlier
                """,
                caller.Tenant),
            row => new UsageDay(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2)), cancel);
        return new(days[0], await quotas.Today(session, cancel), days[1..]);
    }
}
