using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Feeds;

/// <summary>All that feeds tell of one conversation.</summary>
/// <param name="Conversation">Which one.</param>
/// <param name="Parts">What each shown import says, in the order of their days; none: there are no messages.</param>
/// <param name="Recording">The latest recording; null: there is none.</param>
/// <param name="Call">The latest call record; null: there is none.</param>
public sealed record FeedFacts(
    FeedConversation Conversation, IReadOnlyList<FeedPart> Parts, FeedSound? Recording, FeedCall? Call)
{
    /// <summary>What the messages measure.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);
}

/// <summary>What one import says of a conversation.</summary>
/// <param name="Origin">Where its first message stands; its time is that of the import's sealing.</param>
/// <param name="ConnectorId">The connector that read it.</param>
/// <param name="StartedAt">When its first message was sent.</param>
/// <param name="EndedAt">When its last message was sent.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="Bytes">What they measure.</param>
/// <param name="Warnings">Codes of what was noticed about them.</param>
/// <param name="Content">The messages as they are stored; null: too many to be read.</param>
public sealed record FeedPart(
    RowOrigin Origin, Guid ConnectorId, DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Messages, long Bytes,
    IReadOnlyList<string> Warnings, byte[]? Content);

/// <summary>A recording of a conversation.</summary>
/// <param name="Origin">The object itself; its time is that of the import's sealing.</param>
/// <param name="ConnectorId">The connector that reads it.</param>
public sealed record FeedSound(RowOrigin Origin, Guid ConnectorId);

/// <summary>When a conversation's call took place.</summary>
/// <param name="StartedAt">Its start.</param>
/// <param name="EndedAt">Its end.</param>
/// <param name="SealedAt">When the import that says so was sealed.</param>
public sealed record FeedCall(DateTimeOffset StartedAt, DateTimeOffset EndedAt, DateTimeOffset SealedAt);
