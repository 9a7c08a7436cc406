using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Formats;

/// <summary>One fault of a validated file.</summary>
/// <param name="Line">The line, or the row's number in files of JSON, from 1.</param>
/// <param name="Place">Where in the file the row stands, where its line does not tell.</param>
/// <param name="ExternalId">The row's conversation id, where it could be read.</param>
/// <param name="Field">The field at fault; null: the whole row or file.</param>
/// <param name="Code">A stable word.</param>
/// <param name="Message">The same for people.</param>
public sealed record ValidationFault(long Line, FormatPlace? Place, string? ExternalId, string? Field, string Code, string Message);

/// <summary>Something that was assumed, ignored or noticed about rows that are valid.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Rows">How many rows it is about.</param>
public sealed record ValidationWarning(string Code, long Rows);

/// <summary>What a file is worth.</summary>
/// <param name="Valid">Whether every row is valid.</param>
/// <param name="RowsRead">How many rows were read.</param>
/// <param name="RowsValid">Rows that are valid by themselves.</param>
/// <param name="RowsRejected">Rows that are refused.</param>
/// <param name="ReadToEnd">Whether the file could be read to its end.</param>
/// <param name="Faults">The first 1,000 faults, by line.</param>
/// <param name="MoreFaults">Whether there are more.</param>
/// <param name="Warnings">What was assumed, ignored or noticed, by code.</param>
public sealed record ValidationReport(
    bool Valid, long RowsRead, long RowsValid, long RowsRejected, bool ReadToEnd, IReadOnlyList<ValidationFault> Faults, bool MoreFaults,
    IReadOnlyList<ValidationWarning> Warnings)
{
    /// <summary>The largest file that is validated, in bytes: what ingestion takes.</summary>
    public const long MaxBytes = 52_428_800;

    private const int MaxFaults = 1_000;

    /// <summary>Reads a parsed file to its end.</summary>
    public static async Task<ValidationReport> Of(IAsyncEnumerable<FormatItem> items, CancellationToken cancel)
    {
        long valid = 0, rejected = 0;
        var readToEnd = true;
        var faults = new List<ValidationFault>();
        var warnings = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var item in items.WithCancellation(cancel))
        {
            switch (item)
            {
                case ValidRow or FeedRow:
                    valid++;
                    foreach (var code in item is FeedRow feed ? feed.Warnings : ((ValidRow)item).Conversation.Warnings)
                        warnings[code] = warnings.GetValueOrDefault(code) + 1;
                    break;
                case RejectedRow row:
                    rejected++;
                    if (faults.Count <= MaxFaults)
                        faults.AddRange(row.Errors.Select(e => new ValidationFault(row.Line, row.Place, row.ExternalId, e.Field, e.Code, e.Message)));
                    break;
                case FileError error:
                    readToEnd = false;
                    faults.Add(new(error.Line, error.Place, null, error.Field, error.Code, error.Message));
                    break;
                default:
                    throw new NotSupportedException($"Unknown item {item.GetType().Name}.");
            }
        }

        return new(
            rejected == 0 && readToEnd, valid + rejected, valid, rejected, readToEnd, [.. faults.Take(MaxFaults)], faults.Count > MaxFaults,
            [.. warnings.Select(warning => new ValidationWarning(warning.Key, warning.Value))]);
    }
}
