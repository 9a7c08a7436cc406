using System.Globalization;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>An object that a store has shown, and what it is to the connector.</summary>
/// <param name="Object">The object. Of a marker, the ETag is its version: <see cref="ObjectJudge.MarkerVersion"/>.</param>
/// <param name="Verdict">What it is.</param>
public sealed record Judged(ListedObject Object, Verdict Verdict);

/// <summary>Says what the objects under a connector's paths are.</summary>
public sealed class ObjectJudge(IFileFormat format, Connector connector)
{
    private readonly string[] _prefixes = [.. connector.Settings.Source.Paths.All().Select(p => p.Path.Prefix)];

    /// <summary>The configured prefix that a key lies under; null: none.</summary>
    public string? Root(string key) => Array.Find(_prefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>What an object is; null: it is left alone.</summary>
    public Verdict? Judge(string key, long size) =>
        Root(key) is { } root ? format.Judge(new(key[root.Length..], size, connector.Settings.Feeds)) : null;

    /// <summary>Those objects that are something.</summary>
    public IEnumerable<Judged> Judge(IEnumerable<ListedObject> objects)
    {
        foreach (var listed in objects)
        {
            if (Judge(listed.Key, listed.Size) is { } verdict)
                yield return new(verdict is Verdict.Seal ? listed with { ETag = MarkerVersion(listed) } : listed, verdict);
        }
    }

    /// <summary>The key of the batch that an object belongs to, or is the marker of: its directory with the trailing slash, or its only file. Null: none.</summary>
    public string? BatchOf(Judged judged) => judged.Verdict switch
    {
        Verdict.Await { Batch: var batch } => Root(judged.Object.Key) + batch.Path,
        Verdict.Seal { Batch: var batch } => Root(judged.Object.Key) + batch.Path,
        _ => null,
    };

    /// <summary>What tells a marker from one that is written over it: all of them are empty, so it is the time.</summary>
    public static string MarkerVersion(ListedObject marker) =>
        string.Create(CultureInfo.InvariantCulture, $"{marker.ETag}@{marker.LastModified.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}");
}
