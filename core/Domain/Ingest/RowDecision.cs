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
    /// <summary>Decides by the conversation's state, null where it is new.</summary>
    public static RowDecision Decide(ConversationState? state, ArrivedRow arrived)
    {
        if (state is null)
        {
            return Store(arrived, 1, new ConversationReceived(
                arrived.ConnectorId, arrived.Namespace, 1, arrived.Row.ContentHash, arrived.Origin,
                arrived.Assignment.QueueId, arrived.Assignment.AgentId, arrived.Assignment.Warnings));
        }

        if (state.Status == ConversationStatus.Erased)
            return new(RowOutcome.Erased, []);
        if (state.Origin.IsSameRow(arrived.Origin))
            return new(state.Status == ConversationStatus.Held ? RowOutcome.Held : RowOutcome.Accepted, []);
        if (state.Origins.Any(arrived.Origin.IsSameRow))
            return new(RowOutcome.Accepted, []);
        if (state.ContentHash == arrived.Row.ContentHash || arrived.Policy == RevisionPolicy.Ignore)
            return new(RowOutcome.Duplicate, []);
        if (!arrived.Origin.Supersedes(state.Origin))
            return new(RowOutcome.Superseded, []);

        var revision = state.Revision + 1;
        return Store(arrived, revision, new ConversationRevised(
            arrived.ConnectorId, revision, arrived.Row.ContentHash, arrived.Origin,
            arrived.Assignment.QueueId, arrived.Assignment.AgentId, arrived.Assignment.Warnings));
    }

    private static RowDecision Store(ArrivedRow arrived, int revision, object arrival) =>
        arrived.Assignment.Holds is []
            ? new(RowOutcome.Accepted, [arrival])
            : new(RowOutcome.Held, [arrival, new ConversationHeld(revision, arrived.Assignment.Holds)]);
}
