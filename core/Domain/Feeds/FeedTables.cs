using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>Where the rows of each kind of feed are kept.</summary>
public sealed class FeedTables(IEnumerable<IFeedTable> tables)
{
    private readonly Dictionary<FeedKind, IFeedTable> _tables = tables.ToDictionary(t => t.Kind);

    /// <summary>The table of a kind.</summary>
    public IFeedTable this[FeedKind kind] => _tables[kind];
}
