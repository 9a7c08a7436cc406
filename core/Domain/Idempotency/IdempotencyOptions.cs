namespace QualityIngest.Domain.Idempotency;

/// <summary>How calls that are sent again are known. Section <c>Idempotency</c>.</summary>
public sealed record IdempotencyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Idempotency";

    /// <summary>What must hold.</summary>
    public const string Rule = "Idempotency: Retention is 1 minute to 30 days and Lease 1 second to 1 hour.";

    /// <summary>How long an answer is kept, from its call on. Default 24 h.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long after the death of a node a call that it was answering may be carried out anew. A living node renews it. Default 30 s.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    internal bool IsValid =>
        Retention >= TimeSpan.FromMinutes(1) && Retention <= TimeSpan.FromDays(30)
        && Lease >= TimeSpan.FromSeconds(1) && Lease <= TimeSpan.FromHours(1);
}
