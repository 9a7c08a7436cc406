namespace QualityIngest.Domain.Conversations.Erasure;

/// <summary>
/// What is left of an erased conversation's earlier events: ids, codes, numbers and times. What could tell its content to
/// somebody who guesses it goes: hashes become keyed ones, and the names of objects, their versions and sentences that may
/// quote them are removed.
/// </summary>
public static class ErasedEvents
{
    /// <summary>What stands where a sentence stood.</summary>
    public const string Removed = "Erased with the conversation.";

    /// <summary>The event without what is personal; the very same object where it holds nothing of it.</summary>
    /// <param name="event">An event of a conversation.</param>
    /// <param name="keyed">Makes a keyed hash of a plain one.</param>
    public static object Mask(object @event, Func<string, string> keyed) => @event switch
    {
        ConversationReceived { Origin: var origin } e when IsPlain(origin) => e with { ContentHash = keyed(e.ContentHash), Origin = Mask(origin) },
        ConversationRevised { Origin: var origin } e when IsPlain(origin) => e with { ContentHash = keyed(e.ContentHash), Origin = Mask(origin) },
        ConversationCounterpartReceived { Origin: var origin } e when IsPlain(origin) => e with { ContentHash = keyed(e.ContentHash), Origin = Mask(origin) },
        ConversationCompleted { TranscriptDetail: not null } or ConversationCompleted { RecordingDetail: not null } => Mask((ConversationCompleted)@event),
        ConversationFailed e => e with { Detail = Removed },
        ConversationReceived or ConversationRevised or ConversationCounterpartReceived or ConversationHeld or ConversationReleased
            or TranscriptAttached or RecordingMeasured or ConversationCompleted or ConversationRetried or ConversationWithdrawn
            or ConversationRestored or ConversationErased or ConversationErasureLifted => @event,
        _ => throw new ArgumentException($"Nobody says what of {@event.GetType().Name} is personal.", nameof(@event)),
    };

    private static ConversationCompleted Mask(ConversationCompleted completed) => completed with
    {
        TranscriptDetail = completed.TranscriptDetail is null ? null : Removed,
        RecordingDetail = completed.RecordingDetail is null ? null : Removed,
    };

    /// <summary>Which file and line it was stays; the object's key and version may tell what was in it.</summary>
    private static RowOrigin Mask(RowOrigin origin) => origin with { Key = "", Etag = "" };

    /// <summary>Whether an earlier erasure has not masked it already.</summary>
    private static bool IsPlain(RowOrigin origin) => origin is not { Key: "", Etag: "" };
}
