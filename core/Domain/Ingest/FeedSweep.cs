using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Deletes the rows of imports that are no longer shown, or never were, a bounded number a transaction. While conversations of
/// a feed are still to be folded, its rows stay: they tell which.
/// </summary>
public sealed partial class FeedSweep(
    Postgres postgres, FeedTables tables, IOptions<IngestOptions> options, ILogger<FeedSweep> logger) : ISweep
{
    private const int ImportsAtATime = 1_000;

    /// <inheritdoc/>
    public TimeSpan Every => options.Value.FeedSweep;

    /// <inheritdoc/>
    public async Task Sweep(CancellationToken cancel)
    {
        // Page by page to the end: those in front may have to stay, or may be what cannot be deleted.
        List<(string Tenant, Guid Import)> retired = [];
        do
        {
            retired = await Retired(retired is [] ? Guid.Empty : retired[^1].Import, cancel);
            foreach (var (tenant, import) in retired)
                await DeleteAll(tenant, import, cancel);
        }
        while (retired.Count == ImportsAtATime);
    }

    private async Task<List<(string Tenant, Guid Import)>> Retired(Guid after, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await session.Query(
            new Statement("select tenant_id, id from feed_imports where state = 'retired' and id > $1 order by id limit $2", after, ImportsAtATime),
            row => (row.GetString(0), row.GetGuid(1)), cancel);
    }

    private async Task DeleteAll(string tenant, Guid import, CancellationToken cancel)
    {
        try
        {
            while (await Delete(tenant, import, cancel))
            {
                // More of it is left.
            }
        }
        catch (NpgsqlException broken) when (!broken.IsTransient)
        {
            LogKept(broken, import);
        }
    }

    /// <summary>Deletes some rows. False: none are left, or they are another's to delete, or they are still needed.</summary>
    private async Task<bool> Delete(string tenant, Guid import, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        var kind = await session.Scalar<string>(
            new Statement(
                """
                select i.kind from feed_imports i
                where i.tenant_id = $1 and i.id = $2 and i.state = 'retired'
                  and not exists (select from feed_imports f where f.feed_id = i.feed_id and f.folding is not null)
                for update skip locked
                """,
                tenant, import),
            cancel);
        if (kind is null)
            return false;
        var more = await tables[DomainJson.Parse<FeedKind>(kind)].Delete(session, import, options.Value.FeedSweepRows, cancel);
        if (!more)
        {
            await session.Execute(
                new Statement("update feed_imports set state = 'dropped' where tenant_id = $1 and id = $2", tenant, import), cancel);
        }

        await session.Commit(cancel);
        return more;
    }

    [LoggerMessage(2005, LogLevel.Error, "Rows of import {Import}, which is no longer shown, could not be deleted; the next sweep tries again.")]
    private partial void LogKept(Exception broken, Guid import);
}
