using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>
/// The sealed batches below a connector's path that its settings say something else of than they were read as: those that
/// failed because nobody said what their feed holds, and those that were read as another kind. They are asked for again in the
/// transaction that changes the settings; whoever seals a batch shares the connector's row, so that none is missed.
/// </summary>
internal static class RemappedBatches
{
    /// <summary>The work of looking at them again; empty where the connector reads no feeds.</summary>
    public static async Task<IReadOnlyList<NewWorkItem>> Items(TenantSession session, Connector connector, CancellationToken cancel)
    {
        if (connector.Feeds is not { } feeds)
            return [];
        var kinds = KindsOf(feeds);
        var paths = await session.Query(
            Statement.File<Connector>(
                "Connectors/RemappedBatches.sql",
                connector.Tenant, connector.SourceId, connector.Source.Paths.All()[0].Path.Prefix, kinds.Keys.ToArray(), kinds.Values.ToArray(),
                feeds.FixedKind is { } only ? DomainJson.Word(only) : null),
            row => row.GetString(0), cancel);
        return [.. paths.Select(path => PageDiff.BatchItem(connector.SourceId, connector.Id, path))];
    }

    /// <summary>Every name that says what a feed holds.</summary>
    private static Dictionary<string, string> KindsOf(FeedSettings feeds)
    {
        var kinds = FeedKinds.Names.ToDictionary(name => name, name => name);
        foreach (var (name, kind) in feeds.Kinds)
            kinds[name] = DomainJson.Word(kind);
        return kinds;
    }
}
