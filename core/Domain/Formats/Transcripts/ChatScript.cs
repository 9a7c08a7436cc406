using System.Buffers;
using System.Globalization;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>
/// Reads chat scripts: an object of messages keyed "1", "2" and so on, each with <c>type</c>, <c>text</c>,
/// <c>timestamp</c> (Unix milliseconds) and <c>userId</c>. Ordered by timestamp, then by the key as a number.
/// </summary>
public static class ChatScript
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private sealed record Message(ulong Key, SpeakerRole Role, string Text, long Timestamp, string? UserId);

    /// <summary>Reads a whole document.</summary>
    public static TranscriptOutcome Read(ReadOnlySequence<byte> json, TranscriptContext context) =>
        TranscriptDocument.Read(json, context, Parse);

    /// <summary>Reads a document of at most <see cref="TranscriptContext.MaxBytes"/>; a larger one is <c>file_too_large</c>.</summary>
    public static Task<TranscriptOutcome> ReadAsync(Stream json, TranscriptContext context, CancellationToken cancellationToken = default) =>
        TranscriptDocument.ReadAsync(json, context, Parse, cancellationToken);

    private static TranscriptOutcome Parse(ReadOnlySpan<byte> document, int offset, TranscriptContext context)
    {
        var json = new JsonCursor(document, offset);
        var messages = new List<Message>();
        var keys = new HashSet<ulong>();
        if (json.Begin() && json.EnterObject())
        {
            while (json.NextMember())
            {
                if (!ulong.TryParse(json.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var key))
                    json.Note(TranscriptCodes.MessageKeyInvalid, $"{Quotation.Of(json.Name)} is no number; messages are keyed \"1\", \"2\" and so on.");
                else if (!keys.Add(key))
                    json.Note(TranscriptCodes.DuplicateMember, $"Message {key} stands twice.");
                else if (ReadMessage(ref json, key) is { } message)
                    messages.Add(message);
                if (json.Error is not null) return json.Error;
            }
        }
        json.End();
        if (json.Error is not null) return json.Error;
        return messages.Count > 0
            ? Assemble(messages, context)
            : new TranscriptError(TranscriptCodes.EmptyTranscript, "$", offset, "The chat has no messages.");
    }

    private static Message? ReadMessage(ref JsonCursor json, ulong key)
    {
        var start = json.Start;
        if (!json.EnterObject()) return null;
        var role = default(SpeakerRole?);
        var (type, text, userId) = (default(string), default(string), default(string));
        var timestamp = default(long?);
        while (json.NextMember())
        {
            if (json.NameIs("type"u8))
            {
                type = json.Text();
                role = RoleOf(type);
                if (type is not null && role is null)
                    json.Note(TranscriptCodes.SpeakerTypeInvalid, $"type is {Quotation.Of(type)}; it may be AGENT, USER or SYSTEM.");
            }
            else if (json.NameIs("text"u8)) text = json.Text();
            else if (json.NameIs("timestamp"u8)) timestamp = json.Whole(Earliest, Latest);
            else if (json.NameIs("userId"u8)) userId = json.TextOrNumber();
            else json.Skip();
        }
        if (type is null) json.Missing("type", start);
        if (text is null) json.Missing("text", start);
        if (timestamp is null) json.Missing("timestamp", start);
        if (userId is null) json.Missing("userId", start);
        if (role is null || text is null || timestamp is null || userId is null) return null;
        return new(key, role.Value, text, timestamp.Value, userId.Length > 0 ? userId : null);
    }

    private static SpeakerRole? RoleOf(string? type) => type?.ToUpperInvariant() switch
    {
        "AGENT" => SpeakerRole.Agent,
        "USER" => SpeakerRole.Customer,
        "SYSTEM" => SpeakerRole.System,
        _ => null,
    };

    private static Transcript Assemble(List<Message> messages, TranscriptContext context)
    {
        var utterances = new List<Utterance>(messages.Count);
        foreach (var message in messages.OrderBy(message => message.Timestamp).ThenBy(message => message.Key))
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(message.Timestamp);
            var startMs = (long)Math.Floor((at - context.StartedAt).TotalMilliseconds);
            utterances.Add(new Utterance(utterances.Count, message.Role, message.UserId, startMs, null, at, message.Text, null, null));
        }
        var outside = utterances.Any(utterance => context.StartedAt - utterance.At > Tolerance || utterance.At - context.EndedAt > Tolerance);
        return new Transcript
        {
            Utterances = utterances,
            Participants = Parties.Of(utterances),
            Warnings = outside ? [TranscriptWarnings.OutsideConversation] : [],
        };
    }
}
