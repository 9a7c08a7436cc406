using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>A revision whose transcript came with its row and is stored, ready to be measured again.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Revision">Its current revision.</param>
/// <param name="Row">The row.</param>
/// <param name="Warnings">The revision's warnings so far.</param>
/// <param name="Bytes">How large the transcript is.</param>
public sealed record StoredRevision(Guid Conversation, int Revision, ParsedConversation Row, IReadOnlyList<string> Warnings, long Bytes);

/// <summary>Measures what is stored: nothing is fetched, and nothing is written anew but the numbers.</summary>
public static class StoredTranscripts
{
    /// <summary>The only reason for which a row that brought its words has none.</summary>
    private static readonly SourceFailure TooLarge = new(
        FailureClass.Item, FeedCodes.ConversationTooLarge, "Its messages measure more than a conversation may.",
        "Split the conversation, or ask the operator to raise the limit, and import one of its batches again.", Retryable: false);

    /// <summary>Whether the row brought along what was said, and names no object that holds it.</summary>
    public static bool CameWith(ParsedConversation row) =>
        row is { Transcript: null, Recording: null, AgentRecording: null, CustomerRecording: null };

    /// <summary>The revisions in groups of about so many bytes, so that none holds more but by a single transcript.</summary>
    public static IEnumerable<IReadOnlyList<StoredRevision>> InGroups(IEnumerable<StoredRevision> revisions, long bytes) =>
        ByteGroups.Of(revisions, revision => revision.Bytes, bytes);

    /// <summary>Reads and measures revisions, by conversation.</summary>
    public static async Task<Dictionary<Guid, MaterialOutcome>> Measure(
        PipelineSession session, IReadOnlyList<StoredRevision> revisions, CancellationToken cancel)
    {
        var texts = await session.Query(
            new Statement(
                $"select c.conversation_id, {Contents.Transcript} {Contents.OfRevisions}",
                session.Tenant, revisions.Select(r => r.Conversation).ToArray(), revisions.Select(r => r.Revision).ToArray()),
            row => (Id: row.GetGuid(0), Json: row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)), cancel);
        var byId = texts.ToDictionary(t => t.Id, t => t.Json);
        return revisions.ToDictionary(r => r.Conversation, r => Resolve(r, byId.GetValueOrDefault(r.Conversation)));
    }

    private static MaterialOutcome Resolve(StoredRevision revision, byte[]? json)
    {
        if (json is null)
            return new Unresolved(TooLarge);
        var (attached, completed, _) = AttachedTranscript.Of(revision.Row, json, revision.Revision, revision.Warnings);
        return new Resolved([attached, completed], Stored: null, Share: null);
    }
}
