using QualityIngest.Domain.Conversations;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>A conversation, and when what its row says of it came to be. Pure.</summary>
/// <param name="State">The conversation.</param>
/// <param name="ReceivedAt">When it came, or came again after an erasure; null while it is erased.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="CompletedAt">When its revision was completed; a snapshot that hid it since changes nothing about that.</param>
/// <param name="HeldAt">Since when it is held.</param>
/// <param name="ErasedAt">When it was erased; null: it is not.</param>
internal sealed record ConversationMoments(
    ConversationState State, DateTimeOffset? ReceivedAt, DateTimeOffset UpdatedAt, DateTimeOffset? CompletedAt, DateTimeOffset? HeldAt,
    DateTimeOffset? ErasedAt)
{
    /// <summary>What a whole stream tells.</summary>
    public static ConversationMoments Of(StreamHistory stream)
    {
        ConversationMoments? moments = null;
        foreach (var append in Append.Of(stream))
        {
            var state = append.Events.Aggregate(moments?.State ?? new ConversationState { Id = stream.Stream }, ConversationState.Apply);
            moments = state.Status is ConversationStatus.Erased
                ? new(state, null, append.At, null, null, moments?.ErasedAt ?? append.At)
                : After(moments, state, append.At);
        }

        return moments!;
    }

    private static ConversationMoments After(ConversationMoments? before, ConversationState state, DateTimeOffset at) => new(
        state,
        before?.ReceivedAt ?? at,
        at,
        before is not null && IsComplete(before.State) && IsComplete(state) && before.State.Revision == state.Revision ? before.CompletedAt
            : state.Status is ConversationStatus.Completed ? at
            : null,
        state.Status is not ConversationStatus.Held ? null : before?.HeldAt ?? at,
        ErasedAt: null);

    private static bool IsComplete(ConversationState state) => state.Status is ConversationStatus.Completed or ConversationStatus.Withdrawn;
}
