using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats;

/// <summary>Which column of a file means what.</summary>
internal sealed class QualityHeader : IColumnNames
{
    private readonly string[] _names;
    private readonly int[] _columns;

    private QualityHeader(string[] names, int[] columns) => (_names, _columns) = (names, columns);

    /// <inheritdoc/>
    public int Fields => _names.Length;

    /// <summary>The known column that a field belongs to; null for an attribute.</summary>
    public QualityColumn? Column(int field) => _columns[field] < 0 ? null : (QualityColumn)_columns[field];

    /// <summary>A field's canonical name, or an attribute's own; null where the file has no such column.</summary>
    public string? Name(int field) => field < _names.Length ? _names[field] : null;

    /// <summary>Whether the file has a column.</summary>
    public bool Has(QualityColumn column) => Array.IndexOf(_columns, (int)column) >= 0;

    /// <summary>Makes sense of the first record: a header, or why the file cannot be read.</summary>
    public static (QualityHeader? Header, FileError? Error) Read(RecordFields fields, int count, long line)
    {
        FileError Refused(string? field, string code, string message) => new(line, field, code, message);

        var names = new string[count];
        var columns = new int[count];
        var seen = new HashSet<string>(count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            var header = fields[i].Trim();
            var known = QualityColumns.TryFind(header, out var column);
            names[i] = known ? column.Name() : header.Length > 0 ? header : $"column_{i + 1}";
            columns[i] = known ? (int)column : -1;
            if (!seen.Add(names[i]))
                return (null, Refused(names[i], RowCodes.DuplicateColumn, $"Column {i + 1}, {Quotation.Of(header)}, stands in the header twice or beside another name of the same field."));
        }
        var read = new QualityHeader(names, columns);
        var missing = read.Missing();
        if (missing.Count == 0) return (read, null);
        return (null, Refused(
            missing.Count == 1 ? missing[0] : null, RowCodes.MissingColumns,
            $"The header lacks {string.Join(", ", missing)}.{Hint(names)}"));
    }

    private List<string> Missing()
    {
        var missing = QualityColumns.Required.Where(column => !Has(column)).Select(column => column.Name()).ToList();
        if (!QualityColumns.Locators.Any(Has))
            missing.Add($"one of {string.Join(", ", QualityColumns.Locators.Select(column => column.Name()))}");
        return missing;
    }

    /// <summary>What most often makes every column missing.</summary>
    private static string Hint(string[] names) => names switch
    {
        [var only] when only.Contains(';', StringComparison.Ordinal) => " Its columns seem to be separated by semicolons; only commas separate.",
        [var only] when only.Contains('\t', StringComparison.Ordinal) => " Its columns seem to be separated by tabs; only commas separate.",
        _ => "",
    };
}
