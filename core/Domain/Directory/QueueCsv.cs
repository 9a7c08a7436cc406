namespace QualityIngest.Domain.Directory;

/// <summary>One row of an import that is not taken.</summary>
/// <param name="Line">The line in the file that the row begins on, from 1.</param>
/// <param name="Field">The column; null: the row as a whole.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record QueueImportError(long Line, string? Field, string Code, string Message);

/// <summary>The rows of a CSV file of queues: names, no two alike.</summary>
internal sealed record QueueRows(IReadOnlyList<string> Accepted, IReadOnlyList<QueueImportError> Refused);

/// <summary>Reads a CSV file of queues: a header of <c>name</c> in any case, then rows.</summary>
internal static class QueueCsv
{
    /// <summary>Reads a file as it arrives.</summary>
    public static async Task<Outcome<QueueRows>> Read(Stream csv, CancellationToken cancel)
    {
        using var table = new DirectoryTable(csv, ["name"]);
        if (await table.Open(cancel) is { } unread)
            return unread;
        if (table.Column("name") is not { } name)
            return new Failure.Refused("missing_column", "The column name is required.");

        var (accepted, refused) = (new List<string>(), new List<QueueImportError>());
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await table.Read(cancel))
        {
            if (table.Rows > DirectoryTable.MaxRows)
                return DirectoryTable.TooManyRows;
            var fields = new Fields();
            var queue = table.Fault is null ? fields.Text("/name", table[name], 200) : "";
            if (table.Fault is { } fault)
                refused.Add(new(table.Line, fault.Field, fault.Code, fault.Message));
            else if (fields.Failure is { Errors: [var error, ..] })
                refused.Add(new(table.Line, "name", error.Code, error.Message));
            else if (!names.Add(queue))
                refused.Add(new(table.Line, "name", "duplicate_in_file", "An earlier row has this name."));
            else
                accepted.Add(queue);
        }

        return new QueueRows(accepted, refused);
    }
}
