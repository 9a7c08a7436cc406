using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Quotas;

namespace QualityIngest.Domain.Ingest;

/// <summary>Lets deferred files go on once the day that ended is over, or a limit was raised.</summary>
public sealed class QuotaSweep(Postgres postgres, WorkQueue queue, DailyQuota quotas, IOptions<QuotaOptions> options) : ISweep
{
    private const int FilesAtATime = 1_000;

    /// <inheritdoc/>
    public TimeSpan Every => options.Value.Sweep;

    /// <summary>Asks for the oldest deferred files of every tenant whose day holds them.</summary>
    public async Task Sweep(CancellationToken cancel)
    {
        List<(string Tenant, string Format, long? BytesADay, long? EndedLimit)> deferring;
        await using (var session = await postgres.System(cancel))
        {
            deferring = await session.Query(
                Statement.File<QuotaSweep>("Ingest/Deferring.sql"),
                row => (row.GetString(0), row.GetString(1), row.IsDBNull(2) ? (long?)null : row.GetInt64(2), row.IsDBNull(3) ? (long?)null : row.GetInt64(3)),
                cancel);
        }

        foreach (var (tenant, format, bytesADay, endedLimit) in deferring)
        {
            long? limit = quotas.Limits.TryGetValue(format, out var general) ? bytesADay ?? general : null;
            if (limit is null || endedLimit is null || endedLimit < limit)
                await Wake(tenant, format, limit, cancel);
        }
    }

    private async Task Wake(string tenant, string format, long? limit, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var files = await session.Query(
            Statement.File<QuotaSweep>("Ingest/DeferredThatFit.sql", tenant, format, limit, FilesAtATime),
            row => PageDiff.FileItem(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3)), cancel);
        if (files is [])
            return;
        await queue.Enqueue(session, tenant, files, cancel);
        await session.Commit(cancel);
    }
}
