using Microsoft.Extensions.Options;
using QualityIngest.Database;

namespace QualityIngest.Domain.Ingest;

/// <summary>Resolve, for conversations with recordings: a list of their own, so that no text waits behind sound.</summary>
public sealed class MeasureStep(ResolveStep resolve, IOptions<IngestOptions> options) : IWorkStep
{
    /// <inheritdoc/>
    public string Kind => WorkKinds.Measure;

    /// <inheritdoc/>
    public int Batch => options.Value.MeasureBatch;

    /// <inheritdoc/>
    public int Concurrency => options.Value.MeasureBatches;

    /// <inheritdoc/>
    public Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel) => resolve.Run(items, cancel);

    /// <inheritdoc/>
    public Task GiveUp(WorkItem item, CancellationToken cancel) => resolve.GiveUp(item, cancel);
}
