using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Webhooks.Messages;

/// <summary>What happened to a conversation.</summary>
/// <param name="ConversationId">The conversation's id.</param>
/// <param name="ExternalId">The source's own id; null once the conversation is erased.</param>
public sealed record ConversationData(string? Url, Guid? ConnectorId, long Version, Guid ConversationId, string? ExternalId)
    : EventData(Url, ConnectorId, Version)
{
    /// <summary>The revision that it happened to.</summary>
    public int? Revision { get; init; }

    /// <summary>What it waits for (<c>conversation.held</c>).</summary>
    public IReadOnlyList<HoldReason>? Reasons { get; init; }

    /// <summary>Its queue (<c>conversation.released</c>, <c>conversation.revised</c>).</summary>
    public Guid? QueueId { get; init; }

    /// <summary>Its agent (<c>conversation.released</c>, <c>conversation.revised</c>).</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Its numbers (<c>conversation.completed</c>).</summary>
    public Metrics? Metrics { get; init; }

    /// <summary>Codes of what was assumed or ignored (<c>conversation.completed</c>, <c>conversation.revised</c>).</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Why it failed, as a stable word (<c>conversation.failed</c>).</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorDetail { get; init; }

    /// <summary>Whether a retry can help.</summary>
    public bool? Retryable { get; init; }
}
