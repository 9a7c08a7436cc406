using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Feeds;

/// <summary>What a conversation is by all that feeds tell of it.</summary>
/// <param name="Row">The conversation; its words are in <see cref="ParsedConversation.Transcribed"/>.</param>
/// <param name="Origin">Where its material is read: its recording, or else the first of its messages; with the time of the latest sealing.</param>
/// <param name="ConnectorId">The connector that read that.</param>
/// <param name="Transcript">The canonical JSON of what was said; null: there are no messages, or too many.</param>
/// <param name="TooLarge">Why the messages cannot be put together; null: they are, or there are none.</param>
public sealed record FoldedConversation(ParsedConversation Row, RowOrigin Origin, Guid ConnectorId, byte[]? Transcript, string? TooLarge)
{
    /// <summary>Puts the facts together; null where they make no conversation: a call record alone, or a recording whose times nobody tells.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="limit">Bytes that the messages may measure, inclusive.</param>
    public static FoldedConversation? Of(FeedFacts facts, int limit)
    {
        if (facts.Parts.Count == 0 && (facts.Recording is null || facts.Call is null))
            return null;
        var tooLarge = facts.Bytes > limit || facts.Parts.Any(part => part.Content is null);
        var transcript = facts.Parts.Count == 0 || tooLarge
            ? null
            : FeedUnion.Of([.. facts.Parts.Select(part => FeedMessage.Read(part.Content))]);
        var json = transcript is null ? null : TranscriptJson.Write(transcript);
        var (origin, connector) = OriginOf(facts);
        var row = RowOf(facts, origin) with { Transcribed = transcript };
        return new(
            row with { ContentHash = HashOf(row, facts, json) }, origin, connector, json,
            tooLarge ? $"Its {facts.Parts.Sum(part => part.Messages):N0} messages measure {facts.Bytes:N0} bytes; {limit:N0} are allowed." : null);
    }

    private static ParsedConversation RowOf(FeedFacts facts, RowOrigin origin) => new()
    {
        Line = origin.Line,
        ExternalId = facts.Conversation.ExternalId,
        Channel = facts.Call is null && facts.Recording is null ? Channel.Unknown : Channel.Voice,
        RecordingType = facts.Recording is null ? RecordingType.Transcription : RecordingType.Recording,
        Recording = facts.Recording?.Origin.Key,
        RecordingEtag = facts.Recording?.Origin.Etag,
        StartedAt = facts.Parts.Count > 0 ? facts.Parts.Min(part => part.StartedAt) : facts.Call!.StartedAt,
        EndedAt = facts.Parts.Count > 0 ? facts.Parts.Max(part => part.EndedAt) : facts.Call!.EndedAt,
        LanguageAssumed = true,
        Warnings = [.. facts.Parts.SelectMany(part => part.Warnings).Distinct()],
        ContentHash = "",
    };

    /// <summary>The recording, which is fetched from its source, or the first message.</summary>
    private static (RowOrigin Origin, Guid Connector) OriginOf(FeedFacts facts)
    {
        var first = facts.Parts.MinBy(part => part.StartedAt);
        var (origin, connector) = facts.Recording is { } recording ? (recording.Origin, recording.ConnectorId) : (first!.Origin, first.ConnectorId);
        var sealings = facts.Parts.Select(part => part.Origin.LastModified)
            .Concat(facts.Recording is null ? [] : [facts.Recording.Origin.LastModified])
            .Concat(facts.Call is null ? [] : [facts.Call.SealedAt]);
        return (origin with { LastModified = sealings.Max() }, connector);
    }

    /// <summary>
    /// What makes two readings the same content: channel, times, recording and what was said. Where the messages are too many
    /// to be read, what they measure stands for them.
    /// </summary>
    private static string HashOf(ParsedConversation row, FeedFacts facts, byte[]? transcript)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, DomainJson.Word(row.Channel));
        Add(hash, row.StartedAt.UtcTicks);
        Add(hash, row.EndedAt.UtcTicks);
        Add(hash, facts.Recording?.Origin.Key ?? "");
        Add(hash, facts.Recording?.Origin.Etag ?? "");
        Add(hash, transcript is null ? facts.Bytes : -1);
        hash.AppendData(transcript ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
