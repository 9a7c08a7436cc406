namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>A file of a feed: where its key puts it, and what its rows are.</summary>
/// <param name="Directory">The batch that it belongs to.</param>
/// <param name="Schema">What its rows are.</param>
public sealed record FeedFile(FeedDirectory Directory, FeedSchema Schema)
{
    /// <summary>The file of a key, or what is wrong with the key.</summary>
    /// <param name="key">Relative to the connector's path.</param>
    /// <param name="kind">What the feed's rows are; null: what its name says.</param>
    public static Outcome<FeedFile> Of(string key, FeedKind? kind)
    {
        if (!FeedKey.TryRead(key, out var directory, out var fault))
            return new Failure.Invalid("/key", fault.Code, fault.Message);
        kind ??= FeedKinds.TryFind(directory.Feed, out var named) ? named : null;
        return kind switch
        {
            null => new Failure.Invalid(
                "/kind", FeedCodes.KindUnknown,
                $"The feed {Quotation.Of(directory.Feed)} is none of {string.Join(", ", FeedKinds.Names)}: say what it holds."),
            FeedKind.CallRecordings => new Failure.Invalid("/kind", FeedCodes.NoRows, "Recordings have no rows."),
            _ => new FeedFile(directory, FeedSchema.Of(kind.Value)),
        };
    }

    /// <summary>The file's rows, as <see cref="FeedCsv.Read"/> or <see cref="FeedJsonLines.Read"/> gives them.</summary>
    public IAsyncEnumerable<FormatItem> Read(Stream stream, CancellationToken cancel)
    {
        var options = new FeedOptions { Date = Directory.Date, Snapshot = Directory.Snapshot };
        return Directory.Encoding == FeedEncoding.Csv
            ? FeedCsv.Read(stream, Schema, options, cancel)
            : FeedJsonLines.Read(stream, Schema, options, cancel);
    }
}
