using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>One row that arrived, with everything that its decision depends on.</summary>
public sealed record ArrivedRow(
    Guid ConnectorId, string Namespace, RevisionPolicy Policy, ParsedConversation Row, RowOrigin Origin, Assignment Assignment);

/// <summary>What a row does to its conversation: the events, none where nothing changes, and how the row is counted.</summary>
public sealed record RowDecision(RowOutcome Outcome, IReadOnlyList<object> Events)
{
    /// <summary>The row of the revision as it is now, to be stored with its contents; null where nothing changes.</summary>
    public ParsedConversation? Row { get; init; }

    /// <summary>Why the row is refused; none where it is not.</summary>
    public IReadOnlyList<RowError> Faults { get; init; } = [];

    /// <summary>Decides by the conversation's state, null where it is new.</summary>
    /// <param name="state">The conversation, with everything decided so far.</param>
    /// <param name="arrived">The row.</param>
    /// <param name="stored">The current revision's row; only needed where both are mono.</param>
    public static RowDecision Decide(ConversationState? state, ArrivedRow arrived, ParsedConversation? stored = null)
    {
        if (state is null)
            return Receive(arrived);
        if (state.Status == ConversationStatus.Erased)
            return state.Lifted ? Revise(state, arrived) : new(RowOutcome.Erased, []);
        if (state.Parts.Any(p => p.Origin.IsSameRow(arrived.Origin)))
            return new(state.Status == ConversationStatus.Held ? RowOutcome.Held : RowOutcome.Accepted, []);
        if (state.Origins.Any(arrived.Origin.IsSameRow))
            return new(RowOutcome.Accepted, []);
        if (state.Status == ConversationStatus.Withdrawn)
            return Revise(state, arrived); // Nobody else tells of it, so nothing is later.
        if (IsMono(arrived.Row) && stored is not null && IsMono(stored))
            return PairDecision.Decide(state, arrived, stored);
        if (state.ContentHash == arrived.Row.ContentHash || arrived.Policy == RevisionPolicy.Ignore)
            return new(RowOutcome.Duplicate, []);
        return arrived.Origin.Supersedes(state.Origin) ? Revise(state, arrived) : new(RowOutcome.Superseded, []);
    }

    /// <summary>Whether a row is one of recordings a party each, which may stand in two rows.</summary>
    public static bool IsMono(ParsedConversation row) => row.RecordingType is RecordingType.Mono;

    /// <summary>A conversation's first revision.</summary>
    private static RowDecision Receive(ArrivedRow arrived) => Store(arrived, 1, arrived.Row, new ConversationReceived(
        arrived.ConnectorId, arrived.Namespace, 1, arrived.Row.ContentHash, arrived.Origin,
        arrived.Assignment.QueueId, arrived.Assignment.AgentId, arrived.Assignment.Warnings, arrived.Row.RecordingType, SideOf(arrived.Row)));

    /// <summary>The next revision, of this row alone.</summary>
    internal static RowDecision Revise(ConversationState state, ArrivedRow arrived) =>
        Store(arrived, state.Revision + 1, arrived.Row, new ConversationRevised(
            arrived.ConnectorId, state.Revision + 1, arrived.Row.ContentHash, arrived.Origin,
            arrived.Assignment.QueueId, arrived.Assignment.AgentId, arrived.Assignment.Warnings, arrived.Row.RecordingType, SideOf(arrived.Row)));

    /// <summary>An arrival, and what its revision has to wait for.</summary>
    internal static RowDecision Store(ArrivedRow arrived, int revision, ParsedConversation row, object arrival)
    {
        IReadOnlyList<HoldReason> holds = SideOf(row) is null ? arrived.Assignment.Holds : [HoldReason.Counterpart, .. arrived.Assignment.Holds];
        return holds is []
            ? new(RowOutcome.Accepted, [arrival]) { Row = row }
            : new(RowOutcome.Held, [arrival, new ConversationHeld(revision, holds)]) { Row = row };
    }

    private static MonoSide? SideOf(ParsedConversation row) => IsMono(row) ? MonoPair.OnlySide(row) : null;
}
