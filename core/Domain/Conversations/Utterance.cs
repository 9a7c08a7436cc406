namespace QualityIngest.Domain.Conversations;

/// <summary>Which kind of party spoke.</summary>
public enum SpeakerRole
{
    /// <summary>The company's human agent.</summary>
    Agent,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>An automated agent.</summary>
    Bot,

    /// <summary>Neither: notices of the platform.</summary>
    System,

    /// <summary>The source cannot tell.</summary>
    Unknown,
}

/// <summary>One turn of speech or one message, ordered by time and then by the source's order.</summary>
/// <param name="Index">0-based position in the conversation.</param>
/// <param name="Role">Which kind of party spoke.</param>
/// <param name="ParticipantId">The source's id of the speaker, where it has one.</param>
/// <param name="StartMs">Milliseconds from the conversation's start; negative when the source says it came before.</param>
/// <param name="EndMs">Milliseconds from the conversation's start, where the source tells.</param>
/// <param name="At">The moment itself, where the source gives one.</param>
/// <param name="Text">What was said, as written.</param>
/// <param name="Confidence">The recogniser's confidence, 0 to 1.</param>
/// <param name="Words">The words with their times, where the source gives them.</param>
public sealed record Utterance(
    int Index, SpeakerRole Role, string? ParticipantId, long StartMs, long? EndMs, DateTimeOffset? At,
    string Text, double? Confidence, IReadOnlyList<UtteranceWord>? Words)
{
    /// <summary>The source's id of the message, where it has one.</summary>
    public string? MessageId { get; init; }

    /// <summary>What else the source says of the message, as one JSON object; null where it says no more.</summary>
    public RawJson? Attributes { get; init; }
}

/// <summary>One recognised word, in milliseconds from the conversation's start.</summary>
/// <param name="Text">The word as it was recognised.</param>
/// <param name="StartMs">When it begins.</param>
/// <param name="EndMs">When it ends.</param>
/// <param name="Confidence">How sure the recognition is, from 0 to 1; null: it does not tell.</param>
public sealed record UtteranceWord(string Text, long StartMs, long EndMs, double? Confidence);
