using System.Diagnostics.CodeAnalysis;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>How a connector of feeds reads what it finds (<c>docs/feeds.md</c>).</summary>
public sealed record FeedSettings
{
    /// <summary>What feeds of other names hold: the feed's name, 1 to 200 characters, to its kind. At most 100.</summary>
    public IReadOnlyDictionary<string, FeedKind> Kinds { get; init; } = new Dictionary<string, FeedKind>();

    /// <summary>
    /// The only kind that the connector reads, whatever its feeds are called; null: every kind. One fixed to historical
    /// transcripts also takes CSV files in folders that do not follow the convention, each as a batch of its own.
    /// </summary>
    public FeedKind? FixedKind { get; init; }

    /// <summary>What separates the values of a column that may hold several: the column's name to 1 to 5 characters; others stay one text.</summary>
    public IReadOnlyDictionary<string, string> Delimiters { get; init; } = new Dictionary<string, string>();

    /// <summary>What a feed of that name holds; null: nobody says.</summary>
    public FeedKind? KindOf(string feed) =>
        FixedKind ?? (Kinds.TryGetValue(feed, out var mapped) ? mapped : FeedKinds.TryFind(feed, out var named) ? named : null);

    /// <summary>Reads a key relative to the connector's path: which batch its file belongs to, or why to none.</summary>
    public bool TryRead(
        string key, [NotNullWhen(true)] out FeedDirectory? directory, [NotNullWhen(false)] out FeedKeyFault? fault) =>
        FixedKind is FeedKind.HistoricalTranscripts
            ? FeedKey.TryReadFlat(key, out directory, out fault)
            : FeedKey.TryRead(key, out directory, out fault);
}
