namespace QualityIngest.Domain.Formats;

/// <summary>What a parser makes of one record.</summary>
/// <param name="Line">
/// From 1 and rising through the file: in CSV the record's physical line, elsewhere the record's number over all members.
/// </param>
public abstract record FormatItem(long Line)
{
    /// <summary>Where the record stands, in the files whose lines do not tell; else null.</summary>
    public FormatPlace? Place { get; init; }
}

/// <summary>Where in a file of members, lines or elements a record stands.</summary>
/// <param name="Member">The archive's member; null: the file is no archive.</param>
/// <param name="Line">The 1-based line, in files of lines.</param>
/// <param name="Index">The 0-based index, in files that are one array.</param>
public sealed record FormatPlace(string? Member, long? Line, long? Index)
{
    /// <summary>The place that these tell, or null where they tell none.</summary>
    public static FormatPlace? Of(string? member, long? line, long? index) =>
        member is null && line is null && index is null ? null : new(member, line, index);

    /// <summary>The place for people, such as <c>evening/chats.jsonl, line 3</c>; empty where it tells nothing.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Member, Line is null ? null : $"line {Line}", Index is null ? null : $"element {Index}" }.Where(part => part is not null));
}

/// <summary>A record that is valid by itself.</summary>
public sealed record ValidRow(ParsedConversation Conversation) : FormatItem(Conversation.Line);

/// <summary>A record that is refused, with everything that is wrong with it: at least one error.</summary>
public sealed record RejectedRow(long Line, string? ExternalId, IReadOnlyList<RowError> Errors) : FormatItem(Line);

/// <summary>The file cannot be read beyond this line. Always the last item.</summary>
public sealed record FileError(long Line, string? Field, string Code, string Message) : FormatItem(Line);

/// <summary>One fault of a record.</summary>
/// <param name="Field">The column's canonical name or the JSON path, or null when the whole record is meant.</param>
/// <param name="Code">A stable snake_case word, listed in <c>docs/errors.md</c>.</param>
/// <param name="Message">A sentence for people. It may quote at most 100 characters of the value.</param>
public sealed record RowError(string? Field, string Code, string Message);
