using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Ingest;

/// <summary>A revision's transcript, normalised and measured.</summary>
/// <param name="Attached">The event of the transcript.</param>
/// <param name="Completed">The event of the numbers.</param>
/// <param name="Json">The transcript's canonical JSON, UTF-8.</param>
public sealed record AttachedTranscript(TranscriptAttached Attached, ConversationCompleted Completed, byte[] Json)
{
    /// <summary>Measures what a row brought along.</summary>
    /// <param name="row">The revision's row.</param>
    /// <param name="transcript">What was said.</param>
    /// <param name="revision">The revision's number.</param>
    /// <param name="warnings">The revision's warnings so far.</param>
    public static AttachedTranscript Of(ParsedConversation row, Transcript transcript, int revision, IReadOnlyList<string> warnings) =>
        Of(row, transcript, TranscriptJson.Write(transcript), revision, warnings);

    /// <summary>Measures again what is stored.</summary>
    public static AttachedTranscript Of(ParsedConversation row, byte[] json, int revision, IReadOnlyList<string> warnings) =>
        Of(row, TranscriptJson.Read(json), json, revision, warnings);

    /// <summary>Measures what is written already.</summary>
    public static AttachedTranscript Of(
        ParsedConversation row, Transcript transcript, byte[] json, int revision, IReadOnlyList<string> warnings) => new(
            new(revision, transcript.Utterances.Count, transcript.SkippedPhrases, json.Length),
            new(revision, Measures.Of(row.Channel, row.StartedAt, row.EndedAt, transcript.Utterances), [.. warnings, .. transcript.Warnings]),
            json);
}
