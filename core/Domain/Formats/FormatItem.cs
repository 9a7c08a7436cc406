namespace QualityIngest.Domain.Formats;

/// <summary>What a parser makes of one record, at its 1-based physical line.</summary>
public abstract record FormatItem(long Line);

/// <summary>A record that is valid by itself.</summary>
public sealed record ValidRow(ParsedConversation Conversation) : FormatItem(Conversation.Line);

/// <summary>A record that is refused, with everything that is wrong with it: at least one error.</summary>
public sealed record RejectedRow(long Line, string? ExternalId, IReadOnlyList<RowError> Errors) : FormatItem(Line);

/// <summary>The file cannot be read beyond this line. Always the last item.</summary>
public sealed record FileError(long Line, string? Field, string Code, string Message) : FormatItem(Line);

/// <summary>One fault of a record.</summary>
/// <param name="Field">The column's canonical name, or null when the whole record is meant.</param>
/// <param name="Code">A stable snake_case word, listed in <c>docs/errors.md</c>.</param>
/// <param name="Message">A sentence for people. It may quote at most 100 characters of the value.</param>
public sealed record RowError(string? Field, string Code, string Message);
