using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Domain.Feeds;

/// <summary>What a fold does to a conversation: the events, none where it stays as it is, and how it is counted.</summary>
/// <param name="Counts">One conversation, or none where there is none.</param>
/// <param name="Events">The events.</param>
public sealed record FoldDecision(FoldCounts Counts, IReadOnlyList<object> Events)
{
    /// <summary>The row of a new revision, to be stored with its contents; null: there is no new revision.</summary>
    public ParsedConversation? Row { get; init; }

    /// <summary>The canonical JSON of what was said in it; null: nothing that can be put together.</summary>
    public byte[]? Transcript { get; init; }

    /// <summary>
    /// Decides by the conversation's state and by what feeds tell now. What a row of another format says stays: such a
    /// conversation is left alone, like one that is erased, unless an administrator lifted that.
    /// </summary>
    /// <param name="state">The conversation; null: it is new.</param>
    /// <param name="now">What it is by all visible facts; null: nothing tells of it.</param>
    /// <param name="namespace">The namespace of its identity.</param>
    public static FoldDecision Decide(ConversationState? state, FoldedConversation? now, string @namespace) => (state, now) switch
    {
        (null, null) => new(new(), []),
        (null, { } first) => Revision(new(Received: 1), first, 1, new ConversationReceived(
            first.ConnectorId, @namespace, 1, first.Row.ContentHash, first.Origin, null, null, first.Row.Warnings, first.Row.RecordingType,
            FromFeeds: true)),
        ({ Status: ConversationStatus.Erased, Lifted: true }, { }) => Revised(state, now),
        ({ Status: ConversationStatus.Erased } or { FromFeeds: false }, _) => Unchanged,
        ({ Status: ConversationStatus.Withdrawn }, null) => Unchanged,
        ({ } told, null) => new(new(Withdrawn: 1), [new ConversationWithdrawn(told.Revision)]),
        ({ Status: ConversationStatus.Withdrawn } hidden, _) when hidden.ContentHash == now.Row.ContentHash =>
            new(new(Restored: 1), [new ConversationRestored(hidden.Revision)]),
        ({ } told, _) when told.ContentHash == now.Row.ContentHash => Unchanged,
        ({ } told, _) => Revised(told, now),
    };

    private static FoldDecision Revised(ConversationState told, FoldedConversation now) =>
        Revision(new(Revised: 1), now, told.Revision + 1, new ConversationRevised(
            now.ConnectorId, told.Revision + 1, now.Row.ContentHash, now.Origin, null, null, now.Row.Warnings, now.Row.RecordingType,
            FromFeeds: true));

    private static FoldDecision Unchanged { get; } = new(new(Unchanged: 1), []);

    /// <summary>An arrival with its words. It is whole with them, unless there is sound to be measured.</summary>
    private static FoldDecision Revision(FoldCounts counts, FoldedConversation now, int revision, object arrival) =>
        new(counts, [arrival, .. Said(now, revision)]) { Row = now.Row, Transcript = now.Transcript };

    private static IEnumerable<object> Said(FoldedConversation now, int revision)
    {
        if (now.TooLarge is { } detail)
            return [new ConversationFailed(revision, FeedCodes.ConversationTooLarge, detail, Retryable: false)];
        if (now.Transcript is not { } json)
            return [];
        var (attached, completed, _) = AttachedTranscript.Of(now.Row, now.Row.Transcribed!, json, revision, now.Row.Warnings);
        return now.Row.RecordingType is RecordingType.Transcription ? [attached, completed] : [attached];
    }
}
