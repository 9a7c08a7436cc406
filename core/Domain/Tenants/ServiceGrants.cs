using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>A bucket that the deployment's own identity may read for a tenant.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="CreatedAt">When it was granted.</param>
public sealed record ServiceGrant(string Bucket, DateTimeOffset CreatedAt);

/// <summary>Which buckets an administrator has granted to which tenant for <c>service</c> credentials.</summary>
public sealed class ServiceGrants(Postgres postgres)
{
    /// <summary>A tenant's grants by bucket name.</summary>
    public async Task<Outcome<List<ServiceGrant>>> List(string tenant, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        if (!await Exists(session, tenant, cancel))
            return new Failure.NotFound();
        return await session.Query(
            new Statement("select bucket, created_at from service_grants where tenant_id = $1 order by bucket", tenant),
            row => new ServiceGrant(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancel);
    }

    /// <summary>Grants a bucket. Granting it again changes nothing.</summary>
    public async Task<Outcome<ServiceGrant>> Grant(Administrator administrator, string tenant, string bucket, CancellationToken cancel)
    {
        var fields = new Fields();
        bucket = fields.Text("/bucket", bucket, 255);
        if (bucket.Contains('/', StringComparison.Ordinal))
            fields.Refuse("/bucket", "invalid_bucket", "This must be a bucket's name, without scheme or path.");
        if (fields.Failure is { } failure)
            return failure;

        await using var session = await postgres.System(cancel);
        if (!await Exists(session, tenant, cancel))
            return new Failure.NotFound();
        var (grant, isNew) = await session.First(
            new Statement(
                """
                insert into service_grants (tenant_id, bucket) values ($1, $2)
                on conflict (tenant_id, bucket) do update set bucket = excluded.bucket
                returning bucket, created_at, xmax = 0
                """,
                tenant, bucket),
            row => (new ServiceGrant(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), row.GetBoolean(2)),
            cancel);
        if (isNew)
            await session.Execute(AuditTrail.Entry(administrator.Actor, tenant, "service_grant.created", bucket), cancel);
        await session.Commit(cancel);
        return grant;
    }

    /// <summary>Takes a grant back; connectors that rely on it fail from their next read on.</summary>
    public async Task<Outcome<Done>> Revoke(Administrator administrator, string tenant, string bucket, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var removed = await session.Execute(
            new Statement("delete from service_grants where tenant_id = $1 and bucket = $2", tenant, bucket), cancel);
        if (removed == 0)
            return new Failure.NotFound();
        await session.Execute(AuditTrail.Entry(administrator.Actor, tenant, "service_grant.revoked", bucket), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    private static async Task<bool> Exists(SystemSession session, string tenant, CancellationToken cancel) =>
        await session.Scalar<bool>(new Statement("select exists (select from tenants where id = $1)", tenant), cancel);
}
