using QualityIngest.Database;

namespace QualityIngest.Domain.Ingest;

/// <summary>One step of the flow: what is done with claimed work of one kind.</summary>
public interface IWorkStep
{
    /// <summary>The kind of work, one of <see cref="WorkKinds"/>.</summary>
    string Kind { get; }

    /// <summary>How many items it takes at once.</summary>
    int Batch { get; }

    /// <summary>How many batches run at a time on this node.</summary>
    int Concurrency { get; }

    /// <summary>
    /// What is to be done in place of claimed work: the work itself, other work of the kind that has to come first and was
    /// claimed for it, or nothing, where the work has ended already.
    /// </summary>
    Task<IReadOnlyList<WorkItem>> Choose(IReadOnlyList<WorkItem> claimed, CancellationToken cancel) => Task.FromResult(claimed);

    /// <summary>
    /// Does the work and records its end: every item is completed, retried, returned or buried when this returns.
    /// What it throws is a defect or broken infrastructure.
    /// </summary>
    Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel);

    /// <summary>Records that an item killed or outlasted all its attempts, and buries it.</summary>
    Task GiveUp(WorkItem item, CancellationToken cancel);
}
