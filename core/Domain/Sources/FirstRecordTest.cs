using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// The part of a connection test for formats whose files hold the records themselves: the first record of the newest file
/// on the page that was listed.
/// </summary>
internal sealed class FirstRecordTest(S3Source source, IFileFormat format)
{
    /// <summary>Makes the checks that look at a file.</summary>
    /// <param name="page">The listed page of the connector's path.</param>
    /// <param name="checks">Where they go.</param>
    /// <param name="cancellation">Ends the test.</param>
    public async Task Run(ListingPage page, ConnectionChecks checks, CancellationToken cancellation)
    {
        var path = source.Paths[0];
        var newest = page.Objects
            .Where(entry => format.Judge(new(entry.Key[path.Path.Prefix.Length..], entry.Size)) is Verdict.Read)
            .OrderByDescending(entry => entry.LastModified).ThenByDescending(entry => entry.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newest is null)
        {
            FirstRecord.NothingToRead(page, path.Path.Stored, checks);
            return;
        }

        var file = $"s3://{path.Path.Bucket}/{newest.Key}";
        try
        {
            await using var opened = await source.Open(path.Path.Bucket, newest.Key, null, null, cancellation);
            var first = await FirstRecord.Of(format.Read(opened.Body, new(newest.Key, path.Channel), cancellation), cancellation);
            checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible, and so is its newest file.", FirstRecord.Looked(page, file));
            FirstRecord.Judge(first, file, format.CountsLines, checks);
        }
        catch (SourceException exception)
        {
            checks.Fail(ConnectionCheckName.FilePathAccess, exception.Failure, file);
        }
    }
}
