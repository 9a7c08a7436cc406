using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// What a mono row does to a mono conversation. It may be the side that is waited for; the same again; a later word on one
/// side of a pair or on both; or a contradiction, which is refused where the two rows are halves of one pair or stand in one
/// version of one file: such rows were written together, so neither is the other's correction.
/// </summary>
internal static class PairDecision
{
    /// <summary>Decides about a row that the conversation does not have yet.</summary>
    public static RowDecision Decide(ConversationState state, ArrivedRow arrived, ParsedConversation stored)
    {
        var row = arrived.Row;
        var conflicts = MonoPair.Conflicts(stored, row);
        var only = MonoPair.OnlySide(row);
        MonoSide? missing = MonoPair.OnlySide(stored) is { } had ? MonoPair.Other(had) : null;
        var together = state.Parts.Any(p => p.Origin.FileId == arrived.Origin.FileId && p.Origin.Etag == arrived.Origin.Etag);

        if (missing is { } side && MonoPair.Recording(row, side) is not null)
        {
            if (conflicts.Count > 0 && (only is not null || together))
                return Refuse(conflicts);
            if (conflicts.Count == 0 && (only is not null || IsOlderOrSame(state, arrived, stored, MonoPair.Other(side))))
                return Join(state, arrived, stored, side);
        }
        else
        {
            if (conflicts.Count == 0 && MonoPair.SaysNothingNew(stored, row))
                return new(RowOutcome.Duplicate, []);
            if (conflicts.Count > 0 && missing is null && together)
                return Refuse(conflicts);
        }

        if (arrived.Policy == RevisionPolicy.Ignore)
            return new(RowOutcome.Duplicate, []);
        if (!arrived.Origin.Supersedes(Rival(state, only, conflicts.Count > 0)))
            return new(RowOutcome.Superseded, []);
        return only is { } half && missing is null ? Replace(state, arrived, stored, half) : RowDecision.Revise(state, arrived);
    }

    /// <summary>Whether a row of both sides has no later word on the side that is there already.</summary>
    private static bool IsOlderOrSame(ConversationState state, ArrivedRow arrived, ParsedConversation stored, MonoSide there) =>
        MonoPair.Recording(stored, there) == MonoPair.Recording(arrived.Row, there) || !arrived.Origin.Supersedes(state.Origin);

    /// <summary>The row that an arrived one has to be later than: that of its own side, or, where it changes what both share, the latest.</summary>
    private static RowOrigin Rival(ConversationState state, MonoSide? only, bool changesBoth) =>
        only is { } side && !changesBoth && state.Parts.FirstOrDefault(p => p.Side == side) is { } part ? part.Origin : state.Origin;

    private static RowDecision Join(ConversationState state, ArrivedRow arrived, ParsedConversation stored, MonoSide side)
    {
        if (IsOneRecording(state, arrived, stored, side))
            return Refuse([Mixed(side)]);
        var joined = side is MonoSide.Agent ? MonoPair.Join(arrived.Row, stored) : MonoPair.Join(stored, arrived.Row);
        var row = Placed(state, arrived, side, joined);
        return RowDecision.Store(arrived, state.Revision, row, new ConversationCounterpartReceived(
            arrived.ConnectorId, state.Revision, row.ContentHash, arrived.Origin, side,
            arrived.Assignment.QueueId, arrived.Assignment.AgentId, Warnings(row, arrived)));
    }

    private static RowDecision Replace(ConversationState state, ArrivedRow arrived, ParsedConversation stored, MonoSide side)
    {
        if (IsOneRecording(state, arrived, stored, side))
            return Refuse([Mixed(side)]);
        var row = Placed(state, arrived, side, MonoPair.Replace(stored, arrived.Row));
        return RowDecision.Store(arrived, state.Revision + 1, row, new ConversationRevised(
            arrived.ConnectorId, state.Revision + 1, row.ContentHash, arrived.Origin,
            arrived.Assignment.QueueId, arrived.Assignment.AgentId, Warnings(row, arrived), row.RecordingType, side, KeepsCounterpart: true));
    }

    /// <summary>Whether both rows name one recording. What two connectors read may bear one name and lie in two places.</summary>
    private static bool IsOneRecording(ConversationState state, ArrivedRow arrived, ParsedConversation stored, MonoSide side) =>
        MonoPair.Recording(stored, MonoPair.Other(side)) == MonoPair.Recording(arrived.Row, side)
        && state.Parts.Single(p => p.Side != side).ConnectorId == arrived.ConnectorId;

    /// <summary>The row with the place of its later part, and the other part's place beside it.</summary>
    private static ParsedConversation Placed(
        ConversationState state, ArrivedRow arrived, MonoSide side, ParsedConversation row)
    {
        var other = MonoPair.Other(side);
        var (kept, _, keptBy) = state.Parts.Single(p => p.Side != side);
        return arrived.Origin.Supersedes(kept)
            ? row with { Line = arrived.Origin.Line, Counterpart = new(other, keptBy, kept.FileId, kept.Key, kept.Line) }
            : row with { Line = kept.Line, Counterpart = new(side, arrived.ConnectorId, arrived.Origin.FileId, arrived.Origin.Key, arrived.Origin.Line) };
    }

    private static List<string> Warnings(ParsedConversation row, ArrivedRow arrived) => [.. row.Warnings.Union(arrived.Assignment.Warnings)];

    private static RowDecision Refuse(IReadOnlyList<RowError> faults) => new(RowOutcome.Rejected, []) { Faults = faults };

    private static RowError Mixed(MonoSide side) => new(
        MonoPair.Column(side), RowCodes.MixedMono,
        $"{MonoPair.Column(side)} is the recording that the conversation's other row has for the other party; one recording of both parties cannot be told apart.");
}
