namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>One row of a feed, valid by itself.</summary>
/// <param name="Line">The 1-based physical line that it starts on.</param>
/// <param name="Values">
/// One a column of the schema, in its order: <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/>,
/// <see cref="DateTimeOffset"/> in UTC, or null.
/// </param>
/// <param name="Attributes">Members that the schema does not know, as one JSON object; null: none.</param>
/// <param name="Warnings">Codes of what was noticed.</param>
public sealed record FeedRow(long Line, IReadOnlyList<object?> Values, string? Attributes, IReadOnlyList<string> Warnings) : FormatItem(Line);

/// <summary>How a feed's file is to be read.</summary>
public sealed record FeedOptions
{
    /// <summary>The UTC day that the rows are about; null: any. Rows of another day are noticed.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whether the rows are everything up to <see cref="Date"/> and not those of that day alone.</summary>
    public bool Snapshot { get; init; }

    /// <summary>What a CSV record may measure; a JSON line as much as a record.</summary>
    public Csv.CsvLimits Limits { get; init; } = new();
}
