using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>One row while it is read: its values, and what the rules found about them. Used anew for every row of a file.</summary>
internal sealed class FeedDraft(FeedSchema schema, FeedOptions options)
{
    private object?[] _values = [];
    private List<RowError>? _errors;
    private List<string>? _warnings;

    /// <summary>Begins the next row. Most rows have neither faults nor warnings, so that no lists are made for them.</summary>
    public void Begin() => (_values, _errors, _warnings) = (new object?[schema.Columns.Count], null, null);

    /// <summary>Sets a column from its text; null: the source says that there is no value.</summary>
    public void Set(int column, string? text)
    {
        var definition = schema.Columns[column];
        if (text is null || definition.Absent.Contains(text))
            return;
        _values[column] = FeedValue.Of(definition, text, out var error);
        if (error is not null)
            (_errors ??= []).Add(error);
    }

    /// <summary>Notes a fault.</summary>
    public void Refuse(string? field, string code, string message) => (_errors ??= []).Add(new(field, code, message));

    /// <summary>Ends the row: it is accepted, or refused with everything that is wrong with it.</summary>
    public FormatItem End(long line, string? attributes)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var column = schema.Columns[i];
            if (column.Required && _values[i] is null or "" && _errors?.Exists(error => error.Field == column.Name) is not true)
                Refuse(column.Name, RowCodes.MissingValue, $"{column.Name} is required.");
        }

        Judge();
        return _errors is null
            ? new FeedRow(line, _values, attributes, _warnings ?? (IReadOnlyList<string>)[])
            : new RejectedRow(line, ExternalId, _errors);
    }

    /// <summary>
    /// The conversation that the row names, and nothing else: an erasure finds by it what was refused of its conversation, and
    /// takes along nothing of another one that is called as this row's customer or transaction.
    /// </summary>
    private string? ExternalId => schema.Kind switch
    {
        FeedKind.CallCenterIssues => Text("conversation_id"),
        FeedKind.HistoricalTranscripts => Text("conversation_externalId"),
        _ => Text("issue_id"),
    };

    private void Judge()
    {
        switch (schema.Kind)
        {
            case FeedKind.CallCenterIssues:
                var (start, end) = (Moment("call_start"), Moment("call_end"));
                if (end < start)
                    Refuse("call_end", RowCodes.EndBeforeStart, "call_end is before call_start.");
                if (end == start && end is not null)
                    (_warnings ??= []).Add(RowWarnings.ZeroDuration);
                JudgeDay(start);
                break;
            case FeedKind.HistoricalTranscripts:
                JudgeRole();
                JudgeDay(Moment("timestamp"));
                break;
            default:
                if (Text("external_customer_id") is null && Text("issue_id") is null)
                    (_warnings ??= []).Add(FeedWarnings.Unattributed);
                JudgeDay(Moment("transaction_time"));
                break;
        }
    }

    private void JudgeRole()
    {
        var column = schema.IndexOf("sender_role");
        if (_values[column] is not string { Length: > 0 } role)
            return;
        if (SenderRoles.TryFind(role, out var known))
            _values[column] = SenderRoles.WordOf(known);
        else
            Refuse("sender_role", RowCodes.RoleInvalid, $"sender_role is {Quotation.Of(role)}; it may be agent, customer, bot or system.");
    }

    private void JudgeDay(DateTimeOffset? at)
    {
        if (options.Date is not { } date || at is not { } moment)
            return;
        var day = DateOnly.FromDateTime(moment.UtcDateTime);
        if (options.Snapshot ? day > date : day != date)
            (_warnings ??= []).Add(FeedWarnings.OutsideDate);
    }

    private string? Text(string column) => _values[schema.IndexOf(column)] as string is { Length: > 0 } text ? text : null;

    private DateTimeOffset? Moment(string column) => _values[schema.IndexOf(column)] as DateTimeOffset?;
}

/// <summary>The words by which feeds name who sent a message.</summary>
internal static class SenderRoles
{
    private static readonly string[] Words = [.. Enum.GetValues<SpeakerRole>().Select(DomainJson.Word)];

    /// <summary>The word of a role.</summary>
    public static string WordOf(SpeakerRole role) => Words[(int)role];

    /// <summary>The role that a word means, whatever its case.</summary>
    public static bool TryFind(string word, out SpeakerRole role)
    {
        SpeakerRole? found =
            Is(word, "agent") ? SpeakerRole.Agent
            : Is(word, "customer") || Is(word, "user") ? SpeakerRole.Customer
            : Is(word, "bot") ? SpeakerRole.Bot
            : Is(word, "system") ? SpeakerRole.System
            : null;
        role = found ?? SpeakerRole.Unknown;
        return found is not null;
    }

    private static bool Is(string word, string known) => word.Equals(known, StringComparison.OrdinalIgnoreCase);
}
