using QualityIngest.Database;

namespace QualityIngest.Domain.Ingest;

/// <summary>How often work was begun. What a claim says of it is outdated once the work has come a step forward.</summary>
public static class Attempts
{
    /// <summary>How often the item was claimed since it last came a step forward.</summary>
    public static Task<int> SinceProgress(PipelineSession session, WorkItem item, CancellationToken cancel) =>
        session.Scalar<int>(
            new Statement("select attempts from work_items where tenant_id = $1 and id = $2", session.Tenant, item.Id), cancel);
}
