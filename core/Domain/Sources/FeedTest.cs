using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// The part of a connection test that knows feeds: where the keys of the page that was listed lie, and the first row of the
/// newest file whose kind is known.
/// </summary>
internal sealed class FeedTest(S3Source source, FeedSettings feeds)
{
    private readonly List<ConnectionCheckDetail> misplaced = [];
    private readonly List<ConnectionCheckDetail> unmapped = [];

    private sealed record DataFile(ListedObject Object, FeedDirectory Directory, FeedKind Kind);

    /// <summary>Makes the checks that look at keys and at a file. Markers and folders' placeholders are no files.</summary>
    /// <param name="page">The listed page of the connector's path.</param>
    /// <param name="checks">Where they go.</param>
    /// <param name="cancellation">Ends the test.</param>
    public async Task Run(ListingPage page, ConnectionChecks checks, CancellationToken cancellation)
    {
        var path = source.Paths[0].Path;
        var newest = page.Objects
            .Where(entry => !entry.Key.EndsWith('/') && !entry.Key.EndsWith($"/{FeedDirectory.Marker}", StringComparison.Ordinal))
            .Select(entry => Place(entry, path))
            .OfType<DataFile>()
            .OrderByDescending(file => file.Object.LastModified).ThenByDescending(file => file.Object.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newest is not null)
            await Look(newest, page, path, checks, cancellation);
        else if (misplaced.Count + unmapped.Count > 0)
            NothingKnown(checks);
        else
            FirstRecord.NothingToRead(page, path.Stored, checks);
    }

    /// <summary>Where an object lies and what it holds; null where nobody can tell, which is noted.</summary>
    private DataFile? Place(ListedObject entry, S3Path path)
    {
        if (!feeds.TryRead(entry.Key[path.Prefix.Length..], out var directory, out var fault))
            misplaced.Add(new(Address(path, entry), null, null, fault.Code, fault.Message));
        else if (feeds.KindOf(directory.Feed) is not { } kind)
            Unmapped(directory.Feed, Address(path, entry));
        else if (kind is not FeedKind.CallRecordings || RecordingName.IsRecording(entry.Key))
            return new(entry, directory, kind);
        else
            misplaced.Add(new(Address(path, entry), null, null, FeedCodes.NotARecording, "A recording ends with .wav or .mp3."));
        return null;
    }

    /// <summary>Notes a feed once, however many files it has.</summary>
    private void Unmapped(string feed, string file)
    {
        var message = $"The feed {Quotation.Of(feed)} is none of {string.Join(", ", FeedKinds.Names)}, and the connector maps it to none of them.";
        if (unmapped.All(known => known.Message != message))
            unmapped.Add(new(file, null, null, FeedCodes.KindUnknown, message));
    }

    private async Task Look(DataFile newest, ListingPage page, S3Path path, ConnectionChecks checks, CancellationToken cancellation)
    {
        var file = Address(path, newest.Object);
        try
        {
            var first = await First(newest, path, cancellation);
            checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible, and so is its newest file.", FirstRecord.Looked(page, file));
            FirstRecord.Judge(first, file, newest.Kind is not FeedKind.CallRecordings, checks, [.. unmapped, .. misplaced]);
        }
        catch (SourceException exception)
        {
            checks.Fail(ConnectionCheckName.FilePathAccess, exception.Failure, file);
        }
    }

    /// <summary>The file's first row; a recording's only row is its name, and a byte of it is enough.</summary>
    private async Task<FormatItem?> First(DataFile file, S3Path path, CancellationToken cancellation)
    {
        if (file.Kind is FeedKind.CallRecordings)
        {
            await source.Touch(path.Bucket, file.Object.Key, cancellation);
            return RecordingName.ConversationId(file.Object.Key, out var error) is null
                ? new RejectedRow(1, null, [error!])
                : new FeedRow(1, [], null, []);
        }

        await using var opened = await source.Open(path.Bucket, file.Object.Key, null, null, cancellation);
        return await FirstRecord.Of(new FeedFile(file.Directory, FeedSchema.Of(file.Kind)).Read(opened.Body, cancellation), cancellation);
    }

    /// <summary>There are files, and what they hold cannot be told of any of them.</summary>
    private void NothingKnown(ConnectionChecks checks)
    {
        checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible.");
        checks.Fail(
            ConnectionCheckName.FileFormat, (unmapped.FirstOrDefault() ?? misplaced[0]).Code,
            unmapped.Count > 0 ? "No file belongs to a feed whose kind is known." : "No file lies where a feed's file belongs.",
            unmapped.Count > 0
                ? "Map the feeds to their kinds in feeds.kinds of the connector."
                : "Put the files under FEED_NAME/version=1/format=FORMAT/dt=YYYY-MM-DD/ below the connector's path, or correct the path.",
            [.. unmapped, .. misplaced]);
    }

    private static string Address(S3Path path, ListedObject entry) => $"s3://{path.Bucket}/{entry.Key}";
}
