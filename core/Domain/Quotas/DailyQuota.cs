using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using QualityIngest.Database;

namespace QualityIngest.Domain.Quotas;

/// <summary>A tenant's quota of one format, locked until the transaction ends.</summary>
/// <param name="Format">The format.</param>
/// <param name="Day">Today, on the database's clock.</param>
/// <param name="BytesADay">The limit that holds for the tenant.</param>
public sealed record LockedQuota(string Format, DateOnly Day, long BytesADay)
{
    /// <summary>When the next day begins.</summary>
    public DateTimeOffset Midnight => new(Day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>
/// Charges file versions to the day, exactly. A version is charged once, when it is first claimed, and refunded where it is
/// certain that it will not be read.
/// </summary>
public sealed class DailyQuota(Postgres postgres, IOptions<QuotaOptions> options)
{
    private readonly ConcurrentDictionary<Guid, string> _formats = new();

    /// <summary>The formats that are limited, with the limit of a tenant that has none of its own.</summary>
    public IReadOnlyDictionary<string, long> Limits { get; } =
        options.Value.BytesADay.Where(l => l.Value > 0).ToDictionary(l => l.Key, l => l.Value);

    /// <summary>The format of a source's files, where it is limited; null: it is not.</summary>
    public async ValueTask<string?> LimitedFormat(string tenant, Guid source, CancellationToken cancel)
    {
        if (Limits.Count == 0)
            return null;
        if (!_formats.TryGetValue(source, out var format))
        {
            await using var session = await postgres.Pipeline(tenant, cancel);
            format = await session.Scalar<string>(
                new Statement("select format from sources where tenant_id = $1 and id = $2", tenant, source), cancel);
            if (format is null)
                return null;
            _formats[source] = format; // never changes: a source's id is made of it
        }

        return Limits.ContainsKey(format) ? format : null;
    }

    /// <summary>
    /// Locks a tenant's quota. Taken before any stream, so that whoever charges and whoever refunds wait for each other
    /// rather than deadlock.
    /// </summary>
    public async Task<LockedQuota> Lock(PipelineSession session, string format, CancellationToken cancel) =>
        await Locked(session, format, cancel) ?? await MakeAndLock(session, format, cancel);

    /// <summary>Charges a version to the day. False: the day does not hold its bytes, and nothing is changed.</summary>
    public static async Task<bool> Reserve(PipelineSession session, LockedQuota quota, Guid file, string etag, long bytes, CancellationToken cancel) =>
        await session.Scalar<long>(
            Statement.File<DailyQuota>(
                "Quotas/Reserve.sql", session.Tenant, quota.Format, quota.Day, quota.BytesADay, file, etag, bytes),
            cancel) == 1;

    /// <summary>Ends the day: nothing more is charged to it, unless the limit is raised.</summary>
    public static Task End(PipelineSession session, LockedQuota quota, CancellationToken cancel) =>
        session.Execute(
            new Statement(
                """
                insert into quota_days as d (tenant_id, format, day, ended_limit) values ($1, $2, $3, $4)
                on conflict (tenant_id, format, day) do update set ended_limit = excluded.ended_limit
                """,
                session.Tenant, quota.Format, quota.Day, quota.BytesADay),
            cancel);

    /// <summary>Whether a version is charged, and whether it was opened since; null: it is not charged.</summary>
    public static Task<bool?> Opened(PipelineSession session, Guid file, string etag, CancellationToken cancel) =>
        session.Scalar<bool?>(
            new Statement(
                "select opened from quota_charges where tenant_id = $1 and file_id = $2 and etag = $3", session.Tenant, file, etag),
            cancel);

    /// <summary>Records that a charged version is about to be read. False: it was refunded meanwhile, and must not be.</summary>
    public static async Task<bool> Open(PipelineSession session, Guid file, string etag, CancellationToken cancel) =>
        await session.Execute(
            new Statement(
                "update quota_charges set opened = true where tenant_id = $1 and file_id = $2 and etag = $3", session.Tenant, file, etag),
            cancel) == 1;

    /// <summary>Refunds those of the versions that were never opened. The quota is locked.</summary>
    /// <param name="session">The session.</param>
    /// <param name="format">The format.</param>
    /// <param name="versions">The files, each with an ETag or with null for whichever version was charged.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static Task Refund(
        PipelineSession session, string format, IReadOnlyList<(Guid File, string? Etag)> versions, CancellationToken cancel) =>
        versions is []
            ? Task.CompletedTask
            : session.Execute(
                Statement.File<DailyQuota>(
                    "Quotas/Refund.sql", session.Tenant, format, versions.Select(v => v.File).ToArray(), versions.Select(v => v.Etag).ToArray()),
                cancel);

    private async Task<LockedQuota?> Locked(PipelineSession session, string format, CancellationToken cancel) =>
        await session.First(
            new Statement(
                "select coalesce(bytes_a_day, $3), utc_day() from quotas where tenant_id = $1 and format = $2 for update",
                session.Tenant, format, Limits[format]),
            row => new LockedQuota(format, row.GetFieldValue<DateOnly>(1), row.GetInt64(0)), cancel);

    private async Task<LockedQuota> MakeAndLock(PipelineSession session, string format, CancellationToken cancel)
    {
        await session.Execute(
            new Statement("insert into quotas (tenant_id, format) values ($1, $2) on conflict do nothing", session.Tenant, format), cancel);
        return (await Locked(session, format, cancel))!;
    }
}
