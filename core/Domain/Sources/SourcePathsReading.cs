using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>One configured path of a connector.</summary>
/// <param name="Path">Where.</param>
/// <param name="Channel">The only channel whose rows belong there; null: both.</param>
public sealed record ConfiguredPath(S3Path Path, Channel? Channel);

/// <summary>Reads stored paths.</summary>
public static class SourcePathsReading
{
    /// <summary>The configured paths, in their order: the index is what a scan records.</summary>
    public static IReadOnlyList<ConfiguredPath> All(this SourcePaths paths) => paths switch
    {
        UnifiedPath unified => [new(S3Path.Parse(unified.Path), null)],
        SeparatePaths separate =>
        [
            new(S3Path.Parse(separate.VoicePath), Channel.Voice),
            new(S3Path.Parse(separate.ChatPath), Channel.Chat),
        ],
        _ => throw new NotSupportedException($"Unknown paths {paths.GetType().Name}."),
    };

    /// <summary>The configured path that a key lies under; the first one where settings have changed since.</summary>
    public static ConfiguredPath Holding(this SourcePaths paths, string key)
    {
        var all = paths.All();
        return all.FirstOrDefault(p => key.StartsWith(p.Path.Prefix, StringComparison.Ordinal)) ?? all[0];
    }

    /// <summary>The connector's own bucket.</summary>
    public static string Bucket(this SourceSettings settings) => settings.Paths.All()[0].Path.Bucket;
}
