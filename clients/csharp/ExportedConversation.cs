using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

/// <summary>A line of <c>/v1/conversations/export.jsonl</c>.</summary>
public sealed record ExportedConversation
{
    /// <summary>The conversation and its numbers.</summary>
    [JsonPropertyName("conversation")]
    public required Conversation Conversation { get; init; }

    /// <summary>What was said; null where there is nothing to read, or not yet.</summary>
    [JsonPropertyName("transcript")]
    public ExportedTranscript? Transcript { get; init; }

    /// <summary>What else the record says, exactly as it came; null where it says no more.</summary>
    [JsonPropertyName("members")]
    public JsonElement? Members { get; init; }
}

/// <summary>What was said in an exported conversation.</summary>
public sealed record ExportedTranscript
{
    /// <summary>What was said, ordered by time, then by the source's order.</summary>
    [JsonPropertyName("utterances")]
    public required IReadOnlyList<Utterance> Utterances { get; init; }

    /// <summary>Who took part, in the order in which they first spoke.</summary>
    [JsonPropertyName("participants")]
    public IReadOnlyList<Participant> Participants { get; init; } = [];
}
