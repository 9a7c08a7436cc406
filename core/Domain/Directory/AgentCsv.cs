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
internal sealed class AgentCsv
{
    private readonly List<AgentRow> _accepted = [];
    private readonly List<AgentImportError> _refused = [];
    private readonly HashSet<string> _emails = [];
    private readonly HashSet<string> _externalIds = [];

    /// <summary>Reads a file as it arrives.</summary>
    public static async Task<Outcome<AgentRows>> Read(Stream csv, CancellationToken cancel)
    {
        using var table = new DirectoryTable(csv, ["name", "email", "externalId"]);
        return await new AgentCsv().Read(table, cancel);
    }

    private async Task<Outcome<AgentRows>> Read(DirectoryTable table, CancellationToken cancel)
    {
        if (await table.Open(cancel) is { } unread)
            return unread;
        var (email, externalId) = (table.Column("email"), table.Column("externalId"));
        if (table.Column("name") is not { } name || (email is null && externalId is null))
            return new Failure.Refused("missing_column", "The columns name and at least one of email and externalId are required.");

        while (await table.Read(cancel))
        {
            if (table.Rows > DirectoryTable.MaxRows)
                return DirectoryTable.TooManyRows;
            if (table.Fault is { } fault)
                LeaveOut(table.Line, fault.Field, fault.Code, fault.Message);
            else
                Take(table.Line, new AgentInput(table[name], email is { } e ? table[e] : null, externalId is { } x ? table[x] : null));
        }

        return new AgentRows(_accepted, _refused);
    }

    private void Take(long line, AgentInput row)
    {
        var fields = new Fields();
        var agent = row.Checked(fields);
        if (fields.Failure is { Errors: [var error, ..] })
            LeaveOut(line, error.Pointer[1..], error.Code, error.Message);
        else if (agent.Email is not null && !_emails.Add(agent.Email))
            LeaveOut(line, "email", "duplicate_in_file", "An earlier row has this e-mail address.");
        else if (agent.ExternalId is not null && !_externalIds.Add(agent.ExternalId))
            LeaveOut(line, "externalId", "duplicate_in_file", "An earlier row has this external id.");
        else
            _accepted.Add(new AgentRow(line, agent));
    }

    private void LeaveOut(long line, string? field, string code, string message) =>
        _refused.Add(new AgentImportError(line, field, code, message));
}
