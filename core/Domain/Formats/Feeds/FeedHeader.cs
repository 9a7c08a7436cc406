using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Which column of a CSV feed means what: by its header, or without one by the documented order.</summary>
internal sealed class FeedHeader : IColumnNames
{
    private readonly string[] _names;
    private readonly int[] _columns;

    private FeedHeader(string[] names, int[] columns) => (_names, _columns) = (names, columns);

    /// <inheritdoc/>
    public int Fields => _names.Length;

    /// <inheritdoc/>
    public string? Name(int field) => field < _names.Length ? _names[field] : null;

    /// <summary>The schema's column that a field belongs to; -1 for an attribute.</summary>
    public int Column(int field) => _columns[field];

    /// <summary>The columns of a file without a header.</summary>
    public static FeedHeader Documented(FeedSchema schema) =>
        new([.. schema.Columns.Select(column => column.Name)], [.. Enumerable.Range(0, schema.Columns.Count)]);

    /// <summary>
    /// Makes sense of the first record: a header when it names every required column, else null, and the record is a row;
    /// or why the file cannot be read.
    /// </summary>
    public static FeedHeader? Read(FeedSchema schema, RecordFields fields, int count, long line, out FileError? error)
    {
        error = null;
        var names = new string[count];
        var columns = new int[count];
        for (var i = 0; i < count; i++)
        {
            var header = fields[i].Trim();
            columns[i] = schema.IndexOf(header);
            names[i] = columns[i] >= 0 ? schema.Columns[columns[i]].Name : header.Length > 0 ? header : $"column_{i + 1}";
        }

        for (var i = 0; i < schema.Columns.Count; i++)
        {
            if (schema.Columns[i].Required && !columns.Contains(i))
                return null;
        }

        var unstorable = names.FirstOrDefault(name => name.AsSpan().ContainsAny(ControlCharacters.Refused));
        if (unstorable is not null)
            error = new(line, null, RowCodes.ControlCharacter, $"The column {Quotation.Of(unstorable)} holds a control character.");
        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            error = new(line, twice.Key, RowCodes.DuplicateColumn, $"The column {Quotation.Of(twice.Key)} stands in the header twice.");
        return new(names, columns);
    }
}
