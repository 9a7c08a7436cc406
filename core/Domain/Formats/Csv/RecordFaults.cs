namespace QualityIngest.Domain.Formats.Csv;

/// <summary>Puts into words what keeps a whole record from being read.</summary>
internal static class RecordFaults
{
    /// <summary>What the scanner found; null when the record is sound. Without a header, fields have no names.</summary>
    public static RowError? Of(RecordScanner scanner, CsvLimits limits, IColumnNames? header)
    {
        var name = header?.Name(scanner.FaultField);
        var place = name ?? $"Field {scanner.FaultField + 1}";
        return scanner.Fault switch
        {
            RecordFault.None => null,
            RecordFault.FieldTooLarge => new(name, RowCodes.FieldTooLarge, $"{place} is larger than {limits.FieldBytes} bytes."),
            RecordFault.RecordTooLarge => new(null, RowCodes.RecordTooLarge, $"The record is larger than {limits.RecordBytes} bytes."),
            RecordFault.StrayQuote => new(name, RowCodes.MalformedQuotes, $"{place} has a quote that neither opens nor closes it (line {scanner.FaultLine}); quotes within a quoted field are doubled."),
            RecordFault.QuoteNotClosed => new(name, RowCodes.QuoteNotClosed, $"{place} opens a quote in line {scanner.FaultLine} that is never closed."),
            _ => throw new InvalidOperationException($"Unknown fault {scanner.Fault}."),
        };
    }

    /// <summary>Whether a row has as many fields as the header; null when it has.</summary>
    public static RowError? Count(RecordScanner scanner, IColumnNames header) =>
        scanner.Fields == header.Fields
            ? null
            : new(null, RowCodes.FieldCount, $"The row has {scanner.Fields} fields and the header has {header.Fields}.");

    /// <summary>Hands the record to the parser of its fields; null when it is UTF-8.</summary>
    public static RowError? Load(RecordScanner scanner, RecordFields fields, IColumnNames? header)
    {
        var invalid = fields.Read(scanner.Record);
        if (invalid < 0) return header is null && fields.HasControls ? new(null, RowCodes.ControlCharacter, "It holds a control character.") : null;
        var field = FieldAt(scanner.Record, invalid);
        var name = header?.Name(field);
        return new(name, RowCodes.InvalidUtf8, $"{name ?? $"Field {field + 1}"} is not UTF-8 from byte {invalid + 1} of the record on.");
    }

    /// <summary>The field that a byte of a well-quoted record belongs to.</summary>
    private static int FieldAt(ReadOnlySpan<byte> record, int offset)
    {
        var (field, quoted) = (0, false);
        foreach (var b in record[..offset])
        {
            if (b == '"') quoted = !quoted;
            else if (b == ',' && !quoted) field++;
        }
        return field;
    }
}
