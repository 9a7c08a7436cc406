namespace QualityIngest.Domain.Formats;

/// <summary>One file that is to be read.</summary>
/// <param name="Key">The object's key; some formats tell by it what the bytes hold.</param>
/// <param name="ExpectedChannel">The only channel that the file's path is for; null: both.</param>
public sealed record FileToRead(string Key, Channel? ExpectedChannel);

/// <summary>What a source's files hold: which of its objects are files, and how their bytes become conversations.</summary>
public interface IFileFormat
{
    /// <summary>The name that connectors choose it by.</summary>
    string Name { get; }

    /// <summary>Whether an item's number is a line that people can go to; else its place tells more, where it has one.</summary>
    bool CountsLines { get; }

    /// <summary>Whether an object of this key is a file to ingest; everything else in the folder is left alone.</summary>
    bool IsCandidate(string key);

    /// <summary>Why a candidate is not ingested, or null.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="size">Its stored bytes.</param>
    string? SkipCode(string key, long size);

    /// <summary>
    /// Reads a file forward only: one item a record, in the file's order, their numbers rising. Never throws for what the
    /// file holds, only for what the stream throws, and on cancellation.
    /// </summary>
    IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, CancellationToken cancel);
}

/// <summary>The formats that this version reads.</summary>
public sealed class FileFormats(IEnumerable<IFileFormat> formats)
{
    private readonly Dictionary<string, IFileFormat> _formats = formats.ToDictionary(f => f.Name);

    /// <summary>The names, in the order of their registration.</summary>
    public IReadOnlyCollection<string> Names => _formats.Keys;

    /// <summary>The format of that name.</summary>
    /// <exception cref="KeyNotFoundException">No connector can have it.</exception>
    public IFileFormat this[string name] => _formats[name];
}
