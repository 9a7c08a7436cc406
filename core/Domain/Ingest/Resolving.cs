using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>Which conversations have their material fetched, and the work that does it.</summary>
public static class Resolving
{
    /// <summary>Whether the conversation waits for nothing but its material.</summary>
    public static bool IsDue(ConversationState state) => state.Status == ConversationStatus.Processing;

    /// <summary>The key of the work on a revision, of either kind.</summary>
    public static string Key(Guid conversation, int revision) => $"{conversation:N}:{revision}";

    /// <summary>The work of fetching the current revision's material.</summary>
    public static NewWorkItem Item(ConversationState state) => new(
        state.RecordingType is RecordingType.Transcription ? WorkKinds.Resolve : WorkKinds.Measure, Key(state.Id, state.Revision), state.ConnectorId,
        DomainJson.Write(new ResolveWork(state.Id, state.Revision, state.ConnectorId)));
}
