using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Usage;

/// <summary>What a tenant has ingested on one UTC day, by the database's clock.</summary>
/// <param name="Day">The day.</param>
/// <param name="Files">File versions read.</param>
/// <param name="Bytes">Their stored bytes; a retry is not counted again.</param>
/// <param name="ByteLimit">The most bytes a day; null: unlimited.</param>
public sealed record UsageDay(DateOnly Day, long Files, long Bytes, long? ByteLimit);

/// <summary>Today's usage, the days before it, and what is waiting.</summary>
/// <param name="Today">Today so far.</param>
/// <param name="Days">The 30 days before today that have any, latest first.</param>
public sealed record Usage(UsageDay Today, IReadOnlyList<UsageDay> Days);

/// <summary>Reads a tenant's usage.</summary>
public sealed class UsageReport(Postgres postgres)
{
    /// <summary>Today's usage and that of the 30 days before.</summary>
    public async Task<Usage> Get(Caller caller, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var days = await session.Query(
            new Statement(
                """
                select d.day, coalesce(u.files, 0), coalesce(u.bytes, 0)
                from (select (clock_timestamp() at time zone 'utc')::date as day) d
                left join usage_days u on u.tenant_id = $1 and u.day = d.day
                union all
                select * from (
                    select day, files, bytes from usage_days
                    where tenant_id = $1 and day < (clock_timestamp() at time zone 'utc')::date
                    order by day desc limit 30) earlier
                """,
                caller.Tenant),
            row => new UsageDay(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetInt64(2), null), cancel);
        return new(days[0], days[1..]);
    }
}
