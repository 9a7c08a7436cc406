using QualityIngest.Domain.Feeds;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>The format feeds as sources hold it: directories that are batches, and the markers that seal them.</summary>
public sealed class FeedsFormat : IFileFormat
{
    /// <inheritdoc/>
    public string Name => FormatNames.Feeds;

    /// <inheritdoc/>
    public bool CountsLines => true;

    /// <inheritdoc/>
    /// <remarks>Keys that end with a slash are what consoles put into a bucket to show a folder.</remarks>
    public Verdict? Judge(ObjectSeen seen)
    {
        if (seen.Key is "" || seen.Key[^1] == '/')
            return null;
        if (!(seen.Feeds ?? new()).TryRead(seen.Key, out var batch, out var fault))
            return new Verdict.Skip(fault.Code, fault.Message);
        if (batch.File is null && seen.Key.AsSpan(batch.Path.Length).SequenceEqual(FeedDirectory.Marker))
            return new Verdict.Seal(batch, seen.Size == 0);
        return seen.Size == 0 ? new Verdict.Skip("empty_file") : new Verdict.Await(batch);
    }

    /// <inheritdoc/>
    /// <remarks>What its key or its feed's name does not tell is the file's error; recordings have no rows.</remarks>
    public async IAsyncEnumerable<FormatItem> Read(
        Stream body, FileToRead file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var settings = file.Feeds ?? new();
        if (!settings.TryRead(file.Key, out var batch, out var fault))
        {
            yield return new FileError(1, null, fault.Code, fault.Message);
            yield break;
        }

        var kind = settings.KindOf(batch.Feed);
        if (kind is null)
            yield return new FileError(1, null, FeedCodes.KindUnknown, $"Nobody says what the feed {Quotation.Of(batch.Feed)} holds.");
        if (kind is null or FeedKind.CallRecordings)
            yield break;
        await foreach (var item in new FeedFile(batch, FeedSchema.Of(kind.Value)).Read(body, cancel))
            yield return item;
    }
}
