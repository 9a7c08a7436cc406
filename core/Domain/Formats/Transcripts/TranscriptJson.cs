using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>
/// The canonical JSON of a transcript, as it is stored and exported: <c>{ utterances: [{ index, role, participantId?,
/// messageId?, startMs, endMs?, at?, text, confidence?, words?: [{ text, startMs, endMs, confidence? }], attributes?: {…} }], participants: [{ id?, role }] }</c>.
/// What is absent is left out. Roles are in lower case, <c>at</c> is in UTC with <c>Z</c>, <c>attributes</c> stand as their source
/// wrote them, so that the whole has to be stored as <c>json</c>.
/// </summary>
public static class TranscriptJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The transcript as one UTF-8 JSON object.</summary>
    public static byte[] Write(Transcript transcript)
    {
        var json = new ArrayBufferWriter<byte>(4096);
        Write(json, transcript);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>Writes the transcript as one UTF-8 JSON object.</summary>
    public static void Write(IBufferWriter<byte> output, Transcript transcript)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        Write(writer, transcript);
    }

    /// <summary>Writes the transcript as the writer's next value; does not flush.</summary>
    public static void Write(Utf8JsonWriter writer, Transcript transcript)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("utterances"u8);
        foreach (var utterance in transcript.Utterances) Write(writer, utterance);
        writer.WriteEndArray();
        writer.WriteStartArray("participants"u8);
        foreach (var participant in transcript.Participants)
        {
            writer.WriteStartObject();
            if (participant.Id is not null) writer.WriteString("id"u8, participant.Id);
            writer.WriteString("role"u8, Role(participant.Role));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, Transcript)"/> wrote.</summary>
    /// <exception cref="JsonException">The JSON is not a canonical transcript.</exception>
    public static Transcript Read(ReadOnlySpan<byte> json) =>
        // The generated reader sets what the JSON lacks to null, whatever it begins with.
        (JsonSerializer.Deserialize(json, TranscriptJsonContext.Default.Transcript) ?? throw new JsonException("The transcript is null."))
            with
        { Warnings = [] };

    private static void Write(Utf8JsonWriter writer, Utterance utterance)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, utterance.Index);
        writer.WriteString("role"u8, Role(utterance.Role));
        if (utterance.ParticipantId is not null) writer.WriteString("participantId"u8, utterance.ParticipantId);
        if (utterance.MessageId is not null) writer.WriteString("messageId"u8, utterance.MessageId);
        writer.WriteNumber("startMs"u8, utterance.StartMs);
        if (utterance.EndMs is { } endMs) writer.WriteNumber("endMs"u8, endMs);
        if (utterance.At is { } at) writer.WriteString("at"u8, at.UtcDateTime);
        writer.WriteString("text"u8, utterance.Text);
        WriteConfidence(writer, utterance.Confidence);
        if (utterance.Words is { } words)
        {
            writer.WriteStartArray("words"u8);
            foreach (var word in words) Write(writer, word);
            writer.WriteEndArray();
        }
        if (utterance.Attributes is { } attributes)
        {
            writer.WritePropertyName("attributes"u8);
            writer.WriteRawValue(attributes.Utf8, skipInputValidation: true);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, UtteranceWord word)
    {
        writer.WriteStartObject();
        writer.WriteString("text"u8, word.Text);
        writer.WriteNumber("startMs"u8, word.StartMs);
        writer.WriteNumber("endMs"u8, word.EndMs);
        WriteConfidence(writer, word.Confidence);
        writer.WriteEndObject();
    }

    private static void WriteConfidence(Utf8JsonWriter writer, double? confidence)
    {
        if (confidence is { } known) writer.WriteNumber("confidence"u8, known);
    }

    private static ReadOnlySpan<byte> Role(SpeakerRole role) => role switch
    {
        SpeakerRole.Agent => "agent"u8,
        SpeakerRole.Customer => "customer"u8,
        SpeakerRole.Bot => "bot"u8,
        SpeakerRole.System => "system"u8,
        _ => "unknown"u8,
    };
}

/// <summary>Roles as the canonical JSON names them.</summary>
internal sealed class SpeakerRoleConverter() : JsonStringEnumConverter<SpeakerRole>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>Reads canonical transcripts without reflection. Attributes may be 64 levels deep by themselves.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 128, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(SpeakerRoleConverter)])]
[JsonSerializable(typeof(Transcript))]
internal sealed partial class TranscriptJsonContext : JsonSerializerContext;
