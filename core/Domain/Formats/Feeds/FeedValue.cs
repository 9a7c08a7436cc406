using System.Globalization;
using QualityIngest.Domain.Formats.Csv;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Reads the text of a typed value.</summary>
internal static class FeedValue
{
    private const int LongestDecimal = 28;
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>The value, or null with what is wrong with it.</summary>
    public static object? Of(FeedColumn column, string text, out RowError? error)
    {
        var value = column.Type switch
        {
            FeedType.Bool => text switch { "true" => True, "false" => False, _ => null },
            FeedType.Integer => (object?)Integer(text),
            FeedType.Decimal => (object?)Decimal(text),
            FeedType.Timestamp => IsoTimestamp.Read(text, out var moment) is TimestampKind.Moment ? moment : null,
            _ => text,
        };
        error = value is null ? Misread(column, text) : Refused(column, value);
        return error is null ? value : null;
    }

    private static long? Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && text is not ['+', ..] ? number : null;

    private static decimal? Decimal(string text) =>
        text is [.., >= '0' and <= '9'] and ([>= '0' and <= '9', ..] or ['-', >= '0' and <= '9', ..])
        && text.Count(char.IsAsciiDigit) <= LongestDecimal
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static RowError Misread(FeedColumn column, string text) => column.Type switch
    {
        FeedType.Bool => new(column.Name, FeedCodes.BoolInvalid, $"{column.Name} is {Quotation.Of(text)}; it may be true or false."),
        FeedType.Integer => new(column.Name, FeedCodes.IntegerInvalid, $"{column.Name} is {Quotation.Of(text)}, which is no whole number."),
        FeedType.Decimal => new(column.Name, FeedCodes.DecimalInvalid, $"{column.Name} is {Quotation.Of(text)}, which is no number with a decimal point, such as 129.45."),
        _ when IsoTimestamp.Read(text, out _) is TimestampKind.WithoutZone =>
            new(column.Name, RowCodes.TimestampWithoutZone, $"{column.Name} is {Quotation.Of(text)}, which names no zone: end it with Z or an offset."),
        _ => new(column.Name, RowCodes.TimestampInvalid, $"{column.Name} is {Quotation.Of(text)}, which is no moment in ISO 8601, such as 2025-04-10T14:30:00Z."),
    };

    private static RowError? Refused(FeedColumn column, object value) => value switch
    {
        string text when text.AsSpan().ContainsAny(ControlCharacters.Refused) =>
            new(column.Name, RowCodes.ControlCharacter, $"{column.Name} holds a control character: {Quotation.Of(text)}."),
        string text when column.Longest is { } longest && text.Length > longest && text.EnumerateRunes().Count() is var length && length > longest =>
            new(column.Name, RowCodes.TooLong, $"{column.Name} has {length} characters; {longest} are allowed."),
        long and < 0 when !column.Signed => new(column.Name, FeedCodes.NegativeNumber, $"{column.Name} is {value}; it may not be negative."),
        _ => null,
    };
}
