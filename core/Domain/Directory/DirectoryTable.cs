using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Directory;

/// <summary>
/// A CSV file of agents or queues as it arrives: a header of known columns in any order and case, then rows, one at a time. What
/// is written in a cell is text, whatever a program for tables would make of it.
/// </summary>
/// <param name="csv">The file.</param>
/// <param name="columns">The columns that there may be.</param>
internal sealed class DirectoryTable(Stream csv, IReadOnlyList<string> columns) : IDisposable
{
    /// <summary>The most rows of a file.</summary>
    public const int MaxRows = 50_000;

    /// <summary>The file has more rows than that.</summary>
    public static readonly Failure TooManyRows = new Failure.Refused("too_many_rows", $"An import has at most {MaxRows} rows. Send the rest as another.");

    private static readonly CsvLimits Limits = new() { FieldBytes = 10_000, RecordBytes = 40_000 };

    private readonly RecordScanner _scanner = new(csv, Limits);
    private readonly RecordFields _fields = new();
    private string[] _header = [];

    /// <summary>Rows that were read so far.</summary>
    public int Rows { get; private set; }

    /// <summary>The line that the row begins on, from 1.</summary>
    public long Line => _scanner.Line;

    /// <summary>Why the row cannot be read; null: it can.</summary>
    public RowError? Fault { get; private set; }

    /// <summary>The text of a cell, if the row can be read.</summary>
    public string this[int column] => _fields[column];

    /// <summary>Where a column stands; null: the file has none of this name.</summary>
    public int? Column(string name) =>
        Array.FindIndex(_header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at : null;

    /// <summary>Reads the header, or says why it cannot be taken.</summary>
    public async Task<Failure?> Open(CancellationToken cancel)
    {
        if (!await _scanner.ReadAsync(cancel))
            return new Failure.Refused("empty_file", $"The file is empty. Its first line names the columns: {string.Join(", ", columns)}.");
        if (Unread() is { } fault)
            return new Failure.Refused(fault.Code, $"The header cannot be read. {fault.Message}");
        _header = [.. Enumerable.Range(0, _scanner.Fields).Select(i => _fields[i].Trim())];
        if (_header.Except(columns, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            return new Failure.Refused("unknown_column", $"There is no column '{unknown}'. The columns: {string.Join(", ", columns)}.");
        return _header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < _header.Length
            ? new Failure.Refused("duplicate_column", "A column is named twice.")
            : null;
    }

    /// <summary>Goes on to the next row; false: there is none.</summary>
    public async Task<bool> Read(CancellationToken cancel)
    {
        if (!await _scanner.ReadAsync(cancel))
            return false;
        Rows++;
        Fault = Unread() ?? (_scanner.Fields == _header.Length
            ? null
            : new RowError(null, RowCodes.FieldCount, $"The row has {_scanner.Fields} fields and the header has {_header.Length}."));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scanner.Dispose();
        _fields.Dispose();
    }

    private RowError? Unread() => RecordFaults.Of(_scanner, Limits, null) ?? RecordFaults.Load(_scanner, _fields, null);
}
