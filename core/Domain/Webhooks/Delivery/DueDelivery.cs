namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>An endpoint that this node serves, and under which fence.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Fence">What tells this holder from the ones before.</param>
/// <param name="Asked">The stopwatch's reading when it was asked for: it runs from then on at least.</param>
public sealed record EndpointLease(Guid Endpoint, string Tenant, long Fence, long Asked);

/// <summary>A message that is due.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Sequence">The event's place in the feed; 0: there is no event.</param>
/// <param name="EventId">The event.</param>
/// <param name="Stream">The stream that it is of: its messages are first attempted in order.</param>
/// <param name="Type">The event's public name.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Replay">The replay that asked for it; null: the event did.</param>
/// <param name="First">Whether it was never attempted since it was last asked for.</param>
public sealed record DueDelivery(
    Guid Id, long Sequence, Guid EventId, Guid Stream, string Type, int Attempts, Guid? Replay, bool First);

/// <summary>How one attempt went.</summary>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">The answer's status; null: there was none.</param>
/// <param name="Code">What was wrong, as a stable word listed in <c>docs/errors.md</c>; null: nothing.</param>
/// <param name="Response">The beginning of the answer's body; null: there was none.</param>
/// <param name="RetryAfter">How long the answer asks to wait; null: it does not.</param>
public sealed record AttemptResult(TimeSpan Duration, int? Status, string? Code, string? Response, TimeSpan? RetryAfter)
{
    /// <summary>The answer's status by which an endpoint says that it is gone for good.</summary>
    public const int Gone = 410;

    /// <summary>Whether the message arrived.</summary>
    public bool Delivered => Code is null;
}

/// <summary>An attempt and what follows from it.</summary>
/// <param name="Delivery">The message.</param>
/// <param name="Endpoint">The version of the endpoint's configuration that it was made by.</param>
/// <param name="Result">How it went.</param>
/// <param name="Wait">When the next attempt is due; null: there is none.</param>
public sealed record RecordedAttempt(DueDelivery Delivery, long Endpoint, AttemptResult Result, TimeSpan? Wait)
{
    /// <summary>Whether the answer was that the endpoint is gone for good.</summary>
    public bool IsGone => Result.Status == AttemptResult.Gone;

    /// <summary>Where the message stands now.</summary>
    public string State => Result.Delivered ? "delivered" : Wait is null ? "failed" : "retrying";
}
