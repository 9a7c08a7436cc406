using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats;

/// <summary>The trimmed values of one row, and what the rules found about them. Used anew for every row of a file.</summary>
internal sealed class QualityRow(QualityHeader header)
{
    private readonly string[] _values = new string[QualityColumns.Count];

    /// <summary>The physical line that the row starts on.</summary>
    public long Line { get; private set; }

    /// <summary>Everything that is wrong with the row.</summary>
    public List<RowError> Errors { get; private set; } = [];

    /// <summary>What was assumed or ignored.</summary>
    public List<string> Warnings { get; private set; } = [];

    /// <summary>The columns that the format does not know, where they have a value.</summary>
    public List<RowAttribute> Attributes { get; private set; } = [];

    /// <summary>A column's value without the white space around it; empty when absent.</summary>
    public string this[QualityColumn column] => _values[(int)column];

    /// <summary>Whether a column has a value.</summary>
    public bool Has(QualityColumn column) => _values[(int)column].Length > 0;

    /// <summary>Takes the values of the next row, whose fields are as many as the header's.</summary>
    public void Load(RecordFields fields, long line)
    {
        (Line, Errors, Warnings, Attributes) = (line, [], [], []);
        Array.Fill(_values, "");
        for (var i = 0; i < header.Fields; i++)
        {
            var field = fields[i];
            if (fields.HasControls && field.AsSpan().ContainsAny(ControlCharacters.Refused))
                Refuse(header.Name(i), RowCodes.ControlCharacter, $"{header.Name(i)} holds a control character: {Quotation.Of(field)}.");
            var value = field.Trim();
            if (value.Length == 0) continue;
            if (header.Column(i) is { } column) _values[(int)column] = value;
            else Attributes.Add(new(header.Name(i)!, value));
        }
    }

    /// <summary>Notes a fault of a column's value.</summary>
    public void Refuse(QualityColumn column, string code, string message) => Refuse(column.Name(), code, message);

    /// <summary>Notes an assumption.</summary>
    public void Warn(string code)
    {
        if (!Warnings.Contains(code)) Warnings.Add(code);
    }

    /// <summary>A value that must be there, of at most so many characters; empty when it is refused.</summary>
    public string Required(QualityColumn column, int longest)
    {
        if (Has(column)) return Optional(column, longest) ?? "";
        Refuse(column, RowCodes.MissingValue, $"{column.Name()} is required.");
        return "";
    }

    /// <summary>A value of at most so many characters (Unicode code points, as PostgreSQL counts them); null when absent.</summary>
    public string? Optional(QualityColumn column, int longest)
    {
        var value = this[column];
        if (value.Length == 0) return null;
        var length = Length(value);
        if (length <= longest) return value;
        Refuse(column, RowCodes.TooLong, $"{column.Name()} has {length} characters; {longest} are allowed.");
        return null;
    }

    /// <summary>A moment that must be there; null when it is refused.</summary>
    public DateTimeOffset? Moment(QualityColumn column)
    {
        var value = Required(column, int.MaxValue);
        if (value.Length == 0) return null;
        switch (IsoTimestamp.Read(value, out var moment))
        {
            case TimestampKind.Moment:
                return moment;
            case TimestampKind.WithoutZone:
                Refuse(column, RowCodes.TimestampWithoutZone, $"{column.Name()} is {Quotation.Of(value)}, which names no zone: end it with Z or an offset.");
                return null;
            default:
                Refuse(column, RowCodes.TimestampInvalid, $"{column.Name()} is {Quotation.Of(value)}, which is no moment in ISO 8601, such as 2025-04-10T14:30:00Z.");
                return null;
        }
    }

    private void Refuse(string? field, string code, string message) => Errors.Add(new RowError(field, code, message));

    private static int Length(string value)
    {
        var length = value.Length;
        foreach (var c in value)
        {
            if (char.IsLowSurrogate(c)) length--;
        }
        return length;
    }
}
