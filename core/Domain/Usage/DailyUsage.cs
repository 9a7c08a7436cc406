using QualityIngest.Database;

namespace QualityIngest.Domain.Usage;

/// <summary>Counts what is read, by the UTC day.</summary>
public static class DailyUsage
{
    /// <summary>Charges one file version to today.</summary>
    public static Task<int> Charge(PipelineSession session, long bytes, CancellationToken cancel) =>
        session.Execute(
            new Statement(
                """
                insert into usage_days (tenant_id, day, files, bytes)
                values ($1, utc_day(), 1, $2)
                on conflict (tenant_id, day) do update set files = usage_days.files + 1, bytes = usage_days.bytes + excluded.bytes
                """,
                session.Tenant, bytes),
            cancel);
}
