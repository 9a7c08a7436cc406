using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Directory;

/// <summary>One row of an import that is not taken.</summary>
/// <param name="Line">The line in the file that the row begins on, from 1.</param>
/// <param name="Field">The column; null: the row as a whole.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record AgentImportError(long Line, string? Field, string Code, string Message);

/// <summary>The rows of a CSV file of agents.</summary>
internal sealed record AgentRows(IReadOnlyList<AgentRow> Accepted, IReadOnlyList<AgentImportError> Refused);

/// <summary>An agent and the line that it came from.</summary>
internal sealed record AgentRow(long Line, AgentInput Agent);

/// <summary>Reads a CSV file of agents: a header of <c>name</c>, <c>email</c> and <c>externalId</c> in any order and case, then rows.</summary>
internal sealed class AgentCsv : IDisposable
{
    public const int MaxRows = 50_000;
    private static readonly CsvLimits Limits = new() { FieldBytes = 10_000, RecordBytes = 40_000 };
    private static readonly string[] Columns = ["name", "email", "externalId"];

    private readonly RecordScanner _scanner;
    private readonly RecordFields _fields = new();
    private readonly List<AgentRow> _accepted = [];
    private readonly List<AgentImportError> _refused = [];
    private readonly HashSet<string> _emails = [];
    private readonly HashSet<string> _externalIds = [];

    private AgentCsv(Stream csv) => _scanner = new RecordScanner(csv, Limits);

    /// <summary>Reads a file as it arrives.</summary>
    public static async Task<Outcome<AgentRows>> Read(Stream csv, CancellationToken cancel)
    {
        using var file = new AgentCsv(csv);
        return await file.Read(cancel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scanner.Dispose();
        _fields.Dispose();
    }

    private async Task<Outcome<AgentRows>> Read(CancellationToken cancel)
    {
        if (!await _scanner.ReadAsync(cancel))
            return new Failure.Refused("empty_file", "The file is empty. Its first line names the columns: name, email, externalId.");
        if (Fault() is { } fault)
            return new Failure.Refused(fault.Code, $"The header cannot be read. {fault.Message}");
        var header = Enumerable.Range(0, _scanner.Fields).Select(i => _fields[i].Trim()).ToArray();
        if (Unfit(header) is { } unfit)
            return unfit;

        int Column(string name) => Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (name, email, externalId) = (Column("name"), Column("email"), Column("externalId"));
        while (await _scanner.ReadAsync(cancel))
        {
            if (_accepted.Count + _refused.Count >= MaxRows)
                return new Failure.Refused("too_many_rows", $"An import has at most {MaxRows} rows. Send the rest as another.");
            if (Fault() is { } faulty)
                Refuse(faulty.Field, faulty.Code, faulty.Message);
            else if (_scanner.Fields != header.Length)
                Refuse(null, RowCodes.FieldCount, $"The row has {_scanner.Fields} fields and the header has {header.Length}.");
            else
                Take(new AgentInput(_fields[name], email < 0 ? null : _fields[email], externalId < 0 ? null : _fields[externalId]));
        }

        return new AgentRows(_accepted, _refused);
    }

    private static Failure.Refused? Unfit(string[] header)
    {
        if (header.Except(Columns, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
            return new Failure.Refused("unknown_column", $"There is no column '{unknown}'. The columns are name, email and externalId.");
        if (header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < header.Length)
            return new Failure.Refused("duplicate_column", "A column is named twice.");
        return header.Contains("name", StringComparer.OrdinalIgnoreCase) && header.Length > 1
            ? null
            : new Failure.Refused("missing_column", "The columns name and at least one of email and externalId are required.");
    }

    private RowError? Fault() => RecordFaults.Of(_scanner, Limits, null) ?? RecordFaults.Load(_scanner, _fields, null);

    private void Take(AgentInput row)
    {
        var fields = new Fields();
        var agent = row.Checked(fields);
        if (fields.Failure is { Errors: [var error, ..] })
            Refuse(error.Pointer[1..], error.Code, error.Message);
        else if (agent.Email is not null && !_emails.Add(agent.Email))
            Refuse("email", "duplicate_in_file", "An earlier row has this e-mail address.");
        else if (agent.ExternalId is not null && !_externalIds.Add(agent.ExternalId))
            Refuse("externalId", "duplicate_in_file", "An earlier row has this external id.");
        else
            _accepted.Add(new AgentRow(_scanner.Line, agent));
    }

    private void Refuse(string? field, string code, string message) =>
        _refused.Add(new AgentImportError(_scanner.Line, field, code, message));
}
