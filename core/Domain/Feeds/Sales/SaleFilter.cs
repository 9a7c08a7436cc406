using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds.Sales;

/// <summary>Which sales a list shows; every member that is set narrows it.</summary>
public sealed record SaleFilter
{
    /// <summary>Those that name a conversation; none where another one bears its external id.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Those that name what the source calls so, in each namespace.</summary>
    public string? IssueId { get; init; }

    /// <summary>Those that name a customer.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Those of a transaction.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Those of a product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Those that name this to be attributed to.</summary>
    public SaleAttribution? Attribution { get; init; }

    /// <summary>Those that a connector brought.</summary>
    public Guid? ConnectorId { get; init; }

    /// <summary>Those that a batch tells of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Those that were made at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Those that were made before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The page's statement: latest first.</summary>
    /// <param name="id">The only one that is wanted.</param>
    /// <param name="about">The conversation of <see cref="ConversationId"/>.</param>
    /// <param name="beforeTime">When the last one of the page before was made.</param>
    /// <param name="beforeId">Its id.</param>
    /// <param name="limit">At most so many.</param>
    internal Statement ToStatement(Guid? id, NamedConversation? about, DateTimeOffset? beforeTime, Guid? beforeId, int limit) => Statement.File<SaleFilter>(
        "Feeds/Sales/List.sql",
        id, about?.ExternalId ?? IssueId, about?.Namespace, CustomerId, ConnectorId, BatchId, TransactionId, ProductId,
        Attribution is { } attribution ? DomainJson.Word(attribution) : null,
        From?.UtcDateTime, To?.UtcDateTime, beforeTime?.UtcDateTime, beforeId, limit);
}
