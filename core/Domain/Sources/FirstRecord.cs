using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Sources;

/// <summary>What a connection test says of the first record of a file.</summary>
internal static class FirstRecord
{
    /// <summary>Keys of the one page that is looked at.</summary>
    public const int PageKeys = 1_000;

    /// <summary>The first of a file's records; null: it has none.</summary>
    public static async Task<FormatItem?> Of(IAsyncEnumerable<FormatItem> items, CancellationToken cancellation)
    {
        await foreach (var item in items.WithCancellation(cancellation))
            return item;
        return null;
    }

    /// <summary>Makes the checks of a file that was opened.</summary>
    /// <param name="first">Its first record.</param>
    /// <param name="file">Its address.</param>
    /// <param name="countsLines">Whether an item's number is a line.</param>
    /// <param name="checks">Where they go.</param>
    /// <param name="remarks">What is to be told of a file that can be read.</param>
    public static void Judge(
        FormatItem? first, string file, bool countsLines, ConnectionChecks checks, IReadOnlyList<ConnectionCheckDetail>? remarks = null)
    {
        remarks ??= [];
        switch (first)
        {
            case FileError error:
                checks.Fail(
                    ConnectionCheckName.FileFormat, error.Code, "The newest file cannot be read.", "Correct the file, or remove it.",
                    [Detail(error, file, countsLines, error.Field, error.Code, error.Message)]);
                break;
            case RejectedRow row:
                checks.Pass(ConnectionCheckName.FileFormat, "The newest file can be read.", remarks);
                checks.Fail(
                    ConnectionCheckName.MetadataValidation, row.Errors[0].Code, "The first record of the newest file is refused.",
                    "Correct what writes the records.",
                    [.. row.Errors.Select(e => Detail(row, file, countsLines, e.Field, e.Code, e.Message))]);
                break;
            case null:
                checks.Pass(
                    ConnectionCheckName.FileFormat, "The newest file can be read.",
                    [new(file, null, null, "no_records", "The file holds no records."), .. remarks]);
                checks.Skip(ConnectionCheckName.MetadataValidation, "There is no record yet.");
                break;
            default:
                checks.Pass(ConnectionCheckName.FileFormat, "The newest file can be read.", remarks);
                checks.Pass(ConnectionCheckName.MetadataValidation, "The first record of the newest file is valid.");
                break;
        }
    }

    /// <summary>Makes the checks of a path that holds no file to look at.</summary>
    public static void NothingToRead(ListingPage page, string path, ConnectionChecks checks)
    {
        var (code, message) = page.Objects.Count == 0
            ? (S3Failures.EmptyPrefix.Code, "There is nothing under the path yet.")
            : ("no_supported_file", $"None of the {page.Objects.Count} objects listed is a file of this format.");
        checks.Pass(ConnectionCheckName.FilePathAccess, "The bucket is accessible.", [new(path, null, null, code, message)]);
        checks.Skip(ConnectionCheckName.FileFormat, message);
        checks.Skip(ConnectionCheckName.MetadataValidation, "There is no record yet.");
    }

    /// <summary>What is to be told of a page that more keys follow.</summary>
    public static List<ConnectionCheckDetail> Looked(ListingPage page, string file) =>
        page.More
            ? [new(file, null, null, "newest_of_page", $"It is the newest of the first {page.Objects.Count} objects; there are more.")]
            : [];

    private static ConnectionCheckDetail Detail(FormatItem item, string file, bool countsLines, string? field, string code, string message) =>
        new(item.Place?.Member is { } member ? $"{file}#{member}" : file, item.Place?.Line ?? (countsLines ? item.Line : null), field, code, message);
}
