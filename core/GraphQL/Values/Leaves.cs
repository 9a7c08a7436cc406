using System.Globalization;
using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Values;

/// <summary>Values of scalars and enums, as literals and as JSON.</summary>
internal static class Leaves
{
    /// <summary>A literal's value. Whether the database can hold it is asked by <see cref="IsStorable"/>.</summary>
    public static bool TryLiteral(NamedType type, ValueNode literal, out object? value)
    {
        value = (type, literal) switch
        {
            (EnumType words, EnumValue word) => Word(words, word.Name),
            (ScalarType scalar, StringValue text) => Text(scalar.Kind, text.Text),
            (ScalarType { Kind: ScalarKind.Id }, IntValue whole) => whole.Text,
            (ScalarType scalar, IntValue whole) => Number(scalar.Kind, whole.Text),
            (ScalarType { Kind: ScalarKind.Float or ScalarKind.Decimal } scalar, FloatValue number) => Number(scalar.Kind, number.Text),
            (ScalarType { Kind: ScalarKind.Boolean }, BooleanValue yes) => yes.Value,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>A JSON value's value.</summary>
    public static bool TryJson(NamedType type, JsonElement json, out object? value)
    {
        value = (type, json.ValueKind) switch
        {
            (EnumType words, JsonValueKind.String) when JsonText.TryRead(json, out var word) => Word(words, word),
            (ScalarType scalar, JsonValueKind.String) when JsonText.TryRead(json, out var text) => Text(scalar.Kind, text),
            (ScalarType { Kind: ScalarKind.Id }, JsonValueKind.Number) => Whole(json.GetRawText()),
            (ScalarType { Kind: ScalarKind.Int or ScalarKind.Long } scalar, JsonValueKind.Number) => Number(scalar.Kind, Whole(json.GetRawText())),
            (ScalarType scalar, JsonValueKind.Number) => Number(scalar.Kind, json.GetRawText()),
            (ScalarType { Kind: ScalarKind.Boolean }, JsonValueKind.True) => true,
            (ScalarType { Kind: ScalarKind.Boolean }, JsonValueKind.False) => false,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>Whether the database can hold the value: it has no NUL in texts, and JSON has no infinity.</summary>
    public static bool IsStorable(object value) => value switch
    {
        string text => !text.Contains('\0'),
        double number => double.IsFinite(number),
        _ => true,
    };

    /// <summary>What a value of the type looks like, for messages.</summary>
    public static string Form(NamedType type) => type switch
    {
        ScalarType { Kind: ScalarKind.Int } => "a whole number of 32 bits",
        ScalarType { Kind: ScalarKind.Long } => "a whole number of 64 bits, or a text of its digits",
        ScalarType { Kind: ScalarKind.Float } => "a finite number",
        ScalarType { Kind: ScalarKind.String } => "a text without NUL",
        ScalarType { Kind: ScalarKind.Boolean } => "true or false",
        ScalarType { Kind: ScalarKind.Id } => "a text without NUL, or a whole number",
        ScalarType { Kind: ScalarKind.Uuid } => "a UUID in its canonical form",
        ScalarType { Kind: ScalarKind.Decimal } => "a decimal number of at most 28 digits, as a text or a number",
        ScalarType { Kind: ScalarKind.DateTime } => "a date, a time and a zone, like 2026-03-29T01:30:00Z",
        ScalarType { Kind: ScalarKind.Date } => "a day, like 2026-03-29",
        ScalarType { Kind: ScalarKind.Json } => "nothing: it is only answered",
        EnumType words when words.Members.Count <= 12 => "one of " + string.Join(", ", words.Members.Select(m => m.Name)),
        EnumType => "one of its words",
        _ => "an input object",
    };

    private static EnumMember? Word(EnumType type, string name) => type.Members.FirstOrDefault(m => m.Name == name);

    private static object? Text(ScalarKind kind, string text) => kind switch
    {
        ScalarKind.String or ScalarKind.Id => text,
        ScalarKind.Long when LeafText.TryLong(text, out var value) => value,
        ScalarKind.Uuid when LeafText.TryUuid(text, out var value) => value,
        ScalarKind.Decimal when LeafText.TryDecimal(text, out var value) => value,
        ScalarKind.DateTime when LeafText.TryDateTime(text, out var value) => value,
        ScalarKind.Date when LeafText.TryDate(text, out var value) => value,
        _ => null,
    };

    private static object? Number(ScalarKind kind, string? text) => kind switch
    {
        _ when text is null => null,
        ScalarKind.Int when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        ScalarKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        ScalarKind.Float => double.Parse(text, CultureInfo.InvariantCulture),
        ScalarKind.Decimal when LeafText.TryDecimal(text, out var value) => value,
        _ => null,
    };

    // JSON makes no difference between 1, 1.0 and 1e0.
    private static string? Whole(string number)
    {
        if (LeafText.IsWhole(number))
            return number;
        return LeafText.TryDecimal(number, out var value) && decimal.Truncate(value) == value
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : null;
    }
}
