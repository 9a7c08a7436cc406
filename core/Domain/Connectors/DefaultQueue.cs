using QualityIngest.Database;

namespace QualityIngest.Domain.Connectors;

/// <summary>The queue of a connector whose format names none.</summary>
internal static class DefaultQueue
{
    /// <summary>Why the connector cannot have this queue, or null. The queue stays until the transaction ends.</summary>
    public static async Task<Failure?> Refusal(TenantSession session, ConnectorSettings settings, CancellationToken cancel) =>
        settings.DefaultQueue is not { } queue
        || await session.First(new Statement("select from queues where id = $1 for key share", queue), _ => true, cancel)
            ? null
            : new Failure.Invalid("/defaultQueue", "unknown_queue", "There is no such queue.");
}
