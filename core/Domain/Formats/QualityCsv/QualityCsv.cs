using System.Runtime.CompilerServices;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Reads the format quality-csv (Kore.ai Quality AI Express): one row is one conversation, or one side of a mono one.
/// </summary>
public static class QualityCsv
{
    /// <summary>
    /// Reads a file from its first byte to its end, forward only. Every record but blank lines gives one item, in the
    /// file's order, with the line that it starts on; a faulty row is refused with all its faults and the rest goes on.
    /// Keeps one record at a time, whatever the file's size, and never throws for what the file holds: only for what
    /// the stream throws, and on cancellation.
    /// </summary>
    public static async IAsyncEnumerable<FormatItem> Read(
        Stream stream, QualityCsvOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        using var scanner = new RecordScanner(stream, options.Limits);
        using var fields = new RecordFields();

        if (!await scanner.ReadAsync(cancellationToken))
        {
            yield return new FileError(1, null, RowCodes.EmptyFile, "The file is empty: it has no header.");
            yield break;
        }
        var (header, error) = Header(scanner, fields, options.Limits);
        if (header is null)
        {
            yield return error!;
            yield break;
        }

        var row = new QualityRow(header);
        var hash = new ContentHash();
        while (await scanner.ReadAsync(cancellationToken))
        {
            var item = Row(scanner, fields, header, row, hash, options);
            yield return item;
            if (item is FileError) yield break;
        }
    }

    private static (QualityHeader? Header, FileError? Error) Header(RecordScanner scanner, RecordFields fields, CsvLimits limits)
    {
        if (RecordFaults.Of(scanner, limits, null) is { } fault)
            return (null, new FileError(scanner.Line, fault.Field, fault.Code, $"The header cannot be read. {fault.Message}"));
        if (scanner.Fields > limits.Columns)
            return (null, new FileError(scanner.Line, null, RowCodes.TooManyColumns, $"The header has {scanner.Fields} columns; a file may have {limits.Columns}."));
        if (RecordFaults.Load(scanner, fields, null) is { } unreadable)
            return (null, new FileError(scanner.Line, unreadable.Field, unreadable.Code, $"The header cannot be read. {unreadable.Message}"));
        return QualityHeader.Read(fields, scanner.Fields, scanner.Line);
    }

    private static FormatItem Row(
        RecordScanner scanner, RecordFields fields, QualityHeader header, QualityRow row, ContentHash hash, QualityCsvOptions options)
    {
        if (RecordFaults.Of(scanner, options.Limits, header) is { } fault)
        {
            return scanner.Fault is RecordFault.QuoteNotClosed
                ? new FileError(scanner.Line, fault.Field, fault.Code, fault.Message)
                : new RejectedRow(scanner.Line, null, [fault]);
        }
        if (RecordFaults.Count(scanner, header) is { } count) return new RejectedRow(scanner.Line, null, [count]);
        if (RecordFaults.Load(scanner, fields, header) is { } unreadable) return new RejectedRow(scanner.Line, null, [unreadable]);
        row.Load(fields, scanner.Line);
        return QualityRules.Judge(row, options, hash);
    }
}
