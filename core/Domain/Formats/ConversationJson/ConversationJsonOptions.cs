using QualityIngest.Domain.Formats.Archives;

namespace QualityIngest.Domain.Formats;

/// <summary>How conversation-json files are read. Section <c>ConversationJson</c>.</summary>
public sealed record ConversationJsonOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ConversationJson";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule = "ConversationJson: every number must be at least 1, those of Archives too, and ConversationBytes at most 268435456.";

    private const int MostConversationBytes = 256 << 20;

    /// <summary>Bytes that one conversation may have, inclusive; a larger one is passed over. Default 16 MiB.</summary>
    public int ConversationBytes { get; init; } = 16 << 20;

    /// <summary>What archives may hold. Section <c>ConversationJson:Archives</c>.</summary>
    public ArchiveOptions Archives { get; init; } = new();

    /// <summary>Whether the numbers make sense.</summary>
    public bool IsValid => ConversationBytes is >= 1 and <= MostConversationBytes && Archives.IsValid;
}
