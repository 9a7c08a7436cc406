using System.Text.Json;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Feeds;

/// <summary>One message of a conversation of feeds.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Role">Who it is of.</param>
/// <param name="Sender">The source's id of who it is of.</param>
/// <param name="Text">What it says.</param>
/// <param name="Attributes">What else the source says of it, as one JSON object; null: no more.</param>
public readonly record struct FeedMessage(DateTimeOffset At, SpeakerRole Role, string Sender, string Text, RawJson? Attributes)
{
    private const int DeepestAttributes = 128;

    /// <summary>Reads a part's content: an array of <c>[microseconds since 1970, role, sender, text, attributes?]</c>.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static List<FeedMessage> Read(ReadOnlyMemory<byte> content)
    {
        var reader = new Utf8JsonReader(content.Span, new JsonReaderOptions { MaxDepth = DeepestAttributes });
        var messages = new List<FeedMessage>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType is JsonTokenType.StartArray)
        {
            Expect(ref reader, JsonTokenType.Number);
            var at = DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64() * TimeSpan.TicksPerMicrosecond);
            Expect(ref reader, JsonTokenType.String);
            var role = RoleOf(ref reader);
            Expect(ref reader, JsonTokenType.String);
            var sender = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            var text = reader.GetString()!;
            messages.Add(new(at, role, sender, text, AttributesOf(ref reader, content)));
        }

        return messages;
    }

    private static SpeakerRole RoleOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("agent"u8) ? SpeakerRole.Agent
        : reader.ValueTextEquals("customer"u8) ? SpeakerRole.Customer
        : reader.ValueTextEquals("bot"u8) ? SpeakerRole.Bot
        : reader.ValueTextEquals("system"u8) ? SpeakerRole.System
        : throw new JsonException($"“{reader.GetString()}” is no role.");

    /// <summary>The attributes, if there are any, and the end of the message.</summary>
    private static RawJson? AttributesOf(ref Utf8JsonReader reader, ReadOnlyMemory<byte> content)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.EndArray)
            return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        // A copy: what is left of the content need not be kept with it.
        var attributes = new RawJson(content[start..(int)reader.BytesConsumed].ToArray());
        Expect(ref reader, JsonTokenType.EndArray);
        return attributes;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"A part's content has {reader.TokenType} where {type} belongs.");
    }
}
