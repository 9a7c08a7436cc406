using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds;

/// <summary>What every table of feeds' rows is asked alike.</summary>
internal static class FeedTableRows
{
    /// <summary>How many rows an import has in a table.</summary>
    public static Task<long> Count(PipelineSession session, string table, Guid import, CancellationToken cancel) =>
        session.Scalar<long>(
            new Statement($"select count(*) from {table} where tenant_id = $1 and import_id = $2", session.Tenant, import), cancel);

    /// <summary>Deletes rows of an import, at most so many. False: there are none left.</summary>
    public static async Task<bool> Delete(PipelineSession session, string table, Guid import, int limit, CancellationToken cancel) =>
        await session.Execute(
            new Statement(
                $"""
                delete from {table}
                where ctid = any (array(select ctid from {table} where tenant_id = $1 and import_id = $2 limit $3))
                """,
                session.Tenant, import, limit),
            cancel) == limit;
}
