using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

/// <summary>A line of <c>/v1/conversations/export.jsonl</c>.</summary>
public sealed record ExportedConversation
{
    /// <summary>The conversation and its numbers.</summary>
    [JsonPropertyName("conversation")]
    public required Conversation Conversation { get; init; }

    /// <summary>What was said, ordered by time; null where there is nothing to read, or not yet.</summary>
    [JsonPropertyName("transcript")]
    public IReadOnlyList<Utterance>? Transcript { get; init; }

    /// <summary>What else the record says, exactly as it came; null where it says no more.</summary>
    [JsonPropertyName("members")]
    public JsonElement? Members { get; init; }
}
