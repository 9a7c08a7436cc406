namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// Says through a stream why compressed bytes cannot be read on. It never leaves the formats: whoever reads the stream makes
/// an item of it.
/// </summary>
internal sealed class ArchiveException(string code, string message, bool endsFile = true) : Exception(message)
{
    /// <summary>One of <see cref="ArchiveCodes"/>.</summary>
    public string Code => code;

    /// <summary>Whether the whole file ends here; else the member alone.</summary>
    public bool EndsFile => endsFile;

    public static ArchiveException Damaged(string message, bool endsFile = true) => new(ArchiveCodes.Damaged, message, endsFile);

    public static ArchiveException Truncated(string message) => new(ArchiveCodes.Truncated, message);
}
