namespace QualityIngest.Domain.Feeds;

/// <summary>How historical transcripts are kept and folded. Section <c>FeedTranscripts</c>.</summary>
public sealed record FeedTranscriptOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "FeedTranscripts";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule = "FeedTranscripts: both numbers must be at least 1, and ConversationBytes at most 268435456.";

    private const int MostConversationBytes = 256 << 20;

    /// <summary>
    /// Bytes that the messages of one conversation may measure, inclusive: their texts and attributes in UTF-8, and 64 for each.
    /// Messages beyond are refused. Default 16 MiB.
    /// </summary>
    public int ConversationBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of messages that a fold holds at a time, but for a single conversation that has more. Default 4 MiB.</summary>
    public int FoldedBytes { get; init; } = 4 << 20;

    /// <summary>Whether the numbers make sense.</summary>
    public bool IsValid => ConversationBytes is >= 1 and <= MostConversationBytes && FoldedBytes >= 1;
}
