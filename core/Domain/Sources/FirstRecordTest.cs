using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// The part of a connection test for formats whose files hold the records themselves: the first record of the newest file
/// on the page that was listed.
/// </summary>
internal sealed class FirstRecordTest(S3Source source, IFileFormat format)
{
    /// <summary>Keys of the one page that is looked at.</summary>
    public const int PageKeys = 1_000;

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
            NothingToRead(page, path.Path.Stored, checks);
            return;
        }

        var file = $"s3://{path.Path.Bucket}/{newest.Key}";
        try
        {
            await using var opened = await source.Open(path.Path.Bucket, newest.Key, null, null, cancellation);
            var first = await First(opened.Body, new(newest.Key, path.Channel), cancellation);
            checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible, and so is its newest file.", Looked(page, file));
            Judge(first, file, checks);
        }
        catch (SourceException exception)
        {
            checks.Fail(ConnectionCheckName.FilePathAccess, exception.Failure, file);
        }
    }

    private async Task<FormatItem?> First(Stream body, FileToRead file, CancellationToken cancellation)
    {
        await foreach (var item in format.Read(body, file, cancellation))
            return item;
        return null;
    }

    private void Judge(FormatItem? first, string file, ConnectionChecks checks)
    {
        switch (first)
        {
            case FileError error:
                checks.Fail(
                    ConnectionCheckName.FileFormat, error.Code, "The newest file cannot be read.", "Correct the file, or remove it.",
                    [Detail(error, file, error.Field, error.Code, error.Message)]);
                break;
            case RejectedRow row:
                checks.Pass(ConnectionCheckName.FileFormat, "The newest file can be read.");
                checks.Fail(
                    ConnectionCheckName.MetadataValidation, row.Errors[0].Code, "The first record of the newest file is refused.",
                    "Correct what writes the records.", [.. row.Errors.Select(e => Detail(row, file, e.Field, e.Code, e.Message))]);
                break;
            case null:
                checks.Pass(
                    ConnectionCheckName.FileFormat, "The newest file can be read.",
                    [new(file, null, null, "no_records", "The file holds no records.")]);
                checks.Skip(ConnectionCheckName.MetadataValidation, "There is no record yet.");
                break;
            default:
                checks.Pass(ConnectionCheckName.FileFormat, "The newest file can be read.");
                checks.Pass(ConnectionCheckName.MetadataValidation, "The first record of the newest file is valid.");
                break;
        }
    }

    private static void NothingToRead(ListingPage page, string path, ConnectionChecks checks)
    {
        var (code, message) = page.Objects.Count == 0
            ? (S3Failures.EmptyPrefix.Code, "There is nothing under the path yet.")
            : ("no_supported_file", $"None of the {page.Objects.Count} objects listed is a file of this format.");
        checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible.", [new(path, null, null, code, message)]);
        checks.Skip(ConnectionCheckName.FileFormat, message);
        checks.Skip(ConnectionCheckName.MetadataValidation, "There is no record yet.");
    }

    private static List<ConnectionCheckDetail> Looked(ListingPage page, string file) =>
        page.More
            ? [new(file, null, null, "newest_of_page", $"It is the newest of the first {page.Objects.Count} objects; there are more.")]
            : [];

    private ConnectionCheckDetail Detail(FormatItem item, string file, string? field, string code, string message) =>
        new(item.Place?.Member is { } member ? $"{file}#{member}" : file, item.Place?.Line ?? (format.CountsLines ? item.Line : null), field, code, message);
}
