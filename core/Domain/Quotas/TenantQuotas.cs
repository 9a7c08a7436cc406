using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Quotas;

/// <summary>A tenant's limit of one format.</summary>
/// <param name="Format">The format that the quota is of.</param>
/// <param name="BytesADay">The most stored bytes that the tenant may ingest in a UTC day.</param>
/// <param name="Own">Whether it is the tenant's own; false: it is the installation's.</param>
public sealed record TenantQuota(string Format, long BytesADay, bool Own);

/// <summary>A limit to give to a tenant.</summary>
/// <param name="BytesADay">The most stored bytes in a UTC day: 1 or more.</param>
public sealed record TenantQuotaInput(long BytesADay);

/// <summary>The limits that an administrator gives to single tenants, of the formats that the installation limits.</summary>
public sealed class TenantQuotas(Postgres postgres, DailyQuota quota)
{
    /// <summary>The tenant's limits, by format.</summary>
    public async Task<Outcome<List<TenantQuota>>> List(string tenant, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        if (!await Exists(session, tenant, cancel))
            return new Failure.NotFound();
        var own = await session.Query(
            new Statement("select format, bytes_a_day from quotas where tenant_id = $1 and bytes_a_day is not null", tenant),
            row => new TenantQuota(row.GetString(0), row.GetInt64(1), true), cancel);
        return own.Where(q => quota.Limits.ContainsKey(q.Format))
            .UnionBy(quota.Limits.Select(l => new TenantQuota(l.Key, l.Value, false)), q => q.Format)
            .OrderBy(q => q.Format, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Gives a tenant a limit of its own. Raised, it holds for today too: what is deferred goes on soon after.</summary>
    public async Task<Outcome<TenantQuota>> Set(
        Administrator administrator, string tenant, string format, TenantQuotaInput input, CancellationToken cancel)
    {
        if (!quota.Limits.ContainsKey(format))
            return new Failure.NotFound();
        if (input.BytesADay < 1)
            return new Failure.Invalid("/bytesADay", "out_of_range", "This must be at least 1.");
        return (await Write(administrator, tenant, format, input.BytesADay, "quota.set", cancel)).Map(_ => new TenantQuota(format, input.BytesADay, true));
    }

    /// <summary>Takes a tenant's own limit away: the installation's holds again.</summary>
    public Task<Outcome<Done>> Remove(Administrator administrator, string tenant, string format, CancellationToken cancel) =>
        quota.Limits.ContainsKey(format)
            ? Write(administrator, tenant, format, null, "quota.removed", cancel)
            : Task.FromResult<Outcome<Done>>(new Failure.NotFound());

    private async Task<Outcome<Done>> Write(
        Administrator administrator, string tenant, string format, long? bytesADay, string action, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        if (!await Exists(session, tenant, cancel))
            return new Failure.NotFound();
        await session.Execute(
            new Statement(
                """
                insert into quotas (tenant_id, format, bytes_a_day) values ($1, $2, $3::bigint)
                on conflict (tenant_id, format) do update set bytes_a_day = excluded.bytes_a_day
                """,
                tenant, format, bytesADay),
            cancel);
        await session.Execute(AuditTrail.Entry(administrator.Actor, tenant, action, format, new { bytesADay }), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    private static Task<bool> Exists(SystemSession session, string tenant, CancellationToken cancel) =>
        session.Scalar<bool>(new Statement("select exists (select 1 from tenants where id = $1)", tenant), cancel);
}
