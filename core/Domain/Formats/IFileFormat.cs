using QualityIngest.Domain.Feeds;

namespace QualityIngest.Domain.Formats;

/// <summary>One file that is to be read.</summary>
/// <param name="Key">The object's key; some formats tell by it what the bytes hold. Of feeds, relative to the connector's path.</param>
/// <param name="ExpectedChannel">The only channel that the file's path is for; null: both.</param>
/// <param name="Feeds">How the connector reads feeds; null: as one that says nothing about it.</param>
public sealed record FileToRead(string Key, Channel? ExpectedChannel, FeedSettings? Feeds = null);

/// <summary>What a source's files hold: which of its objects are files, and how their bytes become conversations.</summary>
public interface IFileFormat
{
    /// <summary>The name that connectors choose it by.</summary>
    string Name { get; }

    /// <summary>Whether an item's number is a line that people can go to; else its place tells more, where it has one.</summary>
    bool CountsLines { get; }

    /// <summary>What an object is; null: nothing of this format, and left alone.</summary>
    Verdict? Judge(ObjectSeen seen);

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
