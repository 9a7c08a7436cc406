using System.Collections.Frozen;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>What the rows of a feed are.</summary>
public enum FeedKind
{
    /// <summary>Call center data: one row a call.</summary>
    CallCenterIssues,

    /// <summary>Conversations of the past: one row a message.</summary>
    HistoricalTranscripts,

    /// <summary>Sales and what they are attributed to: one row a product of a transaction.</summary>
    SalesMethodsAttribution,

    /// <summary>Recorded calls: one WAV or MP3 a conversation.</summary>
    CallRecordings,
}

/// <summary>The feed names that need no mapping.</summary>
public static class FeedKinds
{
    private static readonly FrozenDictionary<string, FeedKind> ByName = new Dictionary<string, FeedKind>
    {
        ["call_center_issues"] = FeedKind.CallCenterIssues,
        ["historical_transcripts"] = FeedKind.HistoricalTranscripts,
        ["sales_methods_attribution"] = FeedKind.SalesMethodsAttribution,
        ["call_recordings"] = FeedKind.CallRecordings,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in the order of <see cref="FeedKind"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.OrderBy(kind => kind.Value).Select(kind => kind.Key)];

    /// <summary>The kind that a feed's own name means; false where a connector has to map it.</summary>
    public static bool TryFind(string feed, out FeedKind kind) => ByName.TryGetValue(feed, out kind);
}
