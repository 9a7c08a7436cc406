namespace QualityIngest.Domain.Formats.Archives;

/// <summary>What compressed files may hold. All of it is held against the bytes themselves, never against what headers say.</summary>
public sealed record ArchiveOptions
{
    /// <summary>Stored bytes of a zip, which is laid down on disk to be read. Default 52,428,800.</summary>
    public long StoredBytes { get; init; } = 52_428_800;

    /// <summary>Where that is; null: the system's folder for temporary files.</summary>
    public string? SpoolDirectory { get; init; }

    /// <summary>Bytes that all of a file may expand to. Default 500 MiB.</summary>
    public long ExpandedBytes { get; init; } = 500L << 20;

    /// <summary>Bytes that one member may expand to. Default 50 MiB.</summary>
    public long MemberBytes { get; init; } = 50L << 20;

    /// <summary>Members, folders and other entries of an archive. Default 10,000.</summary>
    public int Members { get; init; } = 10_000;

    /// <summary>Expanded bytes for each stored byte, once <see cref="RatioFreeBytes"/> are through. Default 100.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Expanded bytes that the ratio is not held against. Default 1 MiB.</summary>
    public long RatioFreeBytes { get; init; } = 1L << 20;

    /// <summary>The same for a file that is compressed by itself: it is its own only member.</summary>
    internal ArchiveOptions ForOne => this with { ExpandedBytes = Math.Min(ExpandedBytes, MemberBytes) };

    internal bool IsValid =>
        StoredBytes >= 1 && ExpandedBytes >= 1 && MemberBytes >= 1 && Members >= 1 && Ratio >= 1 && RatioFreeBytes >= 1;
}
