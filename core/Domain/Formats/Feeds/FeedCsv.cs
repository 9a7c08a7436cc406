using System.Runtime.CompilerServices;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Reads a feed's CSV files, with a header or without.</summary>
public static class FeedCsv
{
    private const string Null = "NULL";

    /// <summary>
    /// Reads a file forward only: a <see cref="FeedRow"/> or <see cref="RejectedRow"/> for every record but the header and
    /// blank lines. An unquoted field that is empty or <c>NULL</c> has no value; in quotes both are texts. An empty file has no
    /// rows. Keeps one record at a time, and never throws for what the file holds.
    /// </summary>
    public static async IAsyncEnumerable<FormatItem> Read(
        Stream stream, FeedSchema schema, FeedOptions options, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(options);
        using var scanner = new RecordScanner(stream, options.Limits);
        using var fields = new RecordFields();
        var draft = new FeedDraft(schema, options);
        FeedHeader? header = null;
        while (await scanner.ReadAsync(cancel))
        {
            if (header is null)
            {
                header = First(scanner, fields, schema, options.Limits, out var error);
                if (error is not null)
                {
                    yield return error;
                    yield break;
                }

                if (header is not null)
                    continue;
                header = FeedHeader.Documented(schema);
            }

            var item = Row(scanner, fields, header, draft, options.Limits);
            yield return item;
            if (item is FileError)
                yield break;
        }
    }

    /// <summary>The header, if the first record is one. A record that cannot be read is left to be refused as a row.</summary>
    private static FeedHeader? First(
        RecordScanner scanner, RecordFields fields, FeedSchema schema, CsvLimits limits, out FileError? error)
    {
        error = null;
        if (scanner.Fields > limits.Columns)
            error = new(scanner.Line, null, RowCodes.TooManyColumns, $"The first record has {scanner.Fields} columns; a file may have {limits.Columns}.");
        return error is not null || scanner.Fault is not RecordFault.None || fields.Read(scanner.Record) >= 0
            ? null
            : FeedHeader.Read(schema, fields, scanner.Fields, scanner.Line, out error);
    }

    private static FormatItem Row(RecordScanner scanner, RecordFields fields, FeedHeader header, FeedDraft draft, CsvLimits limits)
    {
        if (RecordFaults.Of(scanner, limits, header) is { } fault)
        {
            return scanner.Fault is RecordFault.QuoteNotClosed
                ? new FileError(scanner.Line, fault.Field, fault.Code, fault.Message)
                : new RejectedRow(scanner.Line, null, [fault]);
        }

        if ((RecordFaults.Count(scanner, header) ?? RecordFaults.Load(scanner, fields, header)) is { } unreadable)
            return new RejectedRow(scanner.Line, null, [unreadable]);

        draft.Begin();
        FeedAttributes? attributes = null;
        for (var i = 0; i < header.Fields; i++)
        {
            var value = fields[i];
            var absent = value is "" or Null && !scanner.IsQuoted(i);
            if (header.Column(i) is >= 0 and var column)
                draft.Set(column, absent ? null : value);
            else if (!absent)
                (attributes ??= new()).Add(header.Name(i)!, value, draft);
        }

        return draft.End(scanner.Line, attributes?.ToJson());
    }
}
