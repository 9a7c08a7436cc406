namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>How the rows of a feed's files are written.</summary>
public enum FeedEncoding
{
    /// <summary>Comma-separated, RFC 4180.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Jsonl,
}

/// <summary>
/// A directory of the key convention, which is one batch:
/// <c>FEED_NAME/version=N/format=FORMAT[/dt=YYYY-MM-DD[/hr=HH[/mi=MM]]]/</c> (<c>formats.md</c>, feeds); or one file in a
/// folder that does not follow it, where these are taken.
/// </summary>
/// <param name="Path">
/// The directory relative to the connector's path, with its trailing slash, exactly as the keys have it; of a file that is a
/// batch of its own, the file.
/// </param>
/// <param name="Feed">
/// The feed's name; of a file that is a batch of its own, its folder with the trailing slash, which no feed's name has.
/// </param>
/// <param name="Encoding">How its files are written.</param>
/// <param name="Snapshot">Whether it replaces everything of its feed; else it adds to it.</param>
/// <param name="Date">The UTC day that it is about, or up to which a snapshot reaches; null: none is named.</param>
/// <param name="Hour">The hour of that day, 0 to 23.</param>
/// <param name="Minute">The minute of that hour, 0 to 59.</param>
public sealed record FeedDirectory(
    string Path, string Feed, FeedEncoding Encoding, bool Snapshot, DateOnly? Date, int? Hour, int? Minute)
{
    /// <summary>The file that seals a directory, when it is empty.</summary>
    public const string Marker = "_SUCCESS";

    /// <summary>
    /// The file's name, where the batch is one file in a folder off the convention: no marker seals it, its own version does.
    /// Null: the batch is a directory.
    /// </summary>
    public string? File { get; init; }

    /// <summary>The partition that the batch fills: what a re-sealed one replaces, and nothing else.</summary>
    public string Partition =>
        File is not null ? File
        : Date is not { } date ? ""
        : Hour is not { } hour ? $"{date:yyyy-MM-dd}"
        : Minute is not { } minute ? $"{date:yyyy-MM-dd}/{hour:00}"
        : $"{date:yyyy-MM-dd}/{hour:00}:{minute:00}";
}

/// <summary>Why a key does not follow the convention.</summary>
/// <param name="Code">A stable word, listed in <c>docs/errors.md</c>.</param>
/// <param name="Message">The same for people.</param>
public sealed record FeedKeyFault(string Code, string Message);
