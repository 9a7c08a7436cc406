using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>Which call records a list shows; every member that is set narrows it.</summary>
public sealed record CallRecordFilter
{
    /// <summary>Those about a conversation; none where another one bears its external id.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Those about what the source calls so, in each namespace.</summary>
    public string? ExternalConversationId { get; init; }

    /// <summary>Those of a customer.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Those that a connector brought.</summary>
    public Guid? ConnectorId { get; init; }

    /// <summary>Those that a batch tells of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Those that were put into a queue, by the source's name for it.</summary>
    public string? Queue { get; init; }

    /// <summary>Those of which this came.</summary>
    public string? Disposition { get; init; }

    /// <summary>Those that were passed on to another queue, or those that were not.</summary>
    public bool? Transferred { get; init; }

    /// <summary>Those that began at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those that began before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The page's statement: latest begun first.</summary>
    /// <param name="id">The only one that is wanted.</param>
    /// <param name="about">The conversation of <see cref="ConversationId"/>.</param>
    /// <param name="beforeTime">When the last one of the page before began.</param>
    /// <param name="beforeId">Its id.</param>
    /// <param name="limit">At most so many.</param>
    internal Statement ToStatement(Guid? id, NamedConversation? about, DateTimeOffset? beforeTime, Guid? beforeId, int limit) => Statement.File<CallRecordFilter>(
        "Feeds/CallRecords/List.sql",
        id, about?.ExternalId ?? ExternalConversationId, about?.Namespace, CustomerId, ConnectorId, BatchId, Queue, Disposition, Transferred,
        From?.UtcDateTime, To?.UtcDateTime, beforeTime?.UtcDateTime, beforeId, limit);
}
