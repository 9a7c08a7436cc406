namespace QualityIngest.Database;

/// <summary>A piece of work to be done at least once, by any node, and recorded exactly once.</summary>
/// <param name="Kind">Which worker does it.</param>
/// <param name="Key">Its identity within tenant and kind: while an item of this key is alive, a second one is not added.</param>
/// <param name="Lane">What it belongs to (a connector); a closed lane's items are not claimed. Null: always claimed.</param>
/// <param name="Payload">JSON that the worker reads.</param>
/// <param name="Delay">How long after the enqueueing commit's time it becomes due; null: at once.</param>
public sealed record NewWorkItem(string Kind, string Key, Guid? Lane, string Payload, TimeSpan? Delay = null);

/// <summary>A claimed work item. <see cref="Fence"/> rises with every claim, so that a late worker's commit can be refused.</summary>
/// <param name="Attempts">Claims so far, this one included.</param>
/// <param name="Progress">JSON that an earlier attempt saved, or null.</param>
public sealed record WorkItem(
    long Id, string Tenant, string Kind, string Key, Guid? Lane, string Payload, string? Progress, int Attempts, long Fence);

/// <summary>Thrown when a worker tries to record work whose lease another worker has taken since. Nothing may be committed.</summary>
public sealed class LeaseLostException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LeaseLostException() : base("The lease on this work item has passed to another worker.")
    {
    }
}
