namespace QualityIngest.GraphQL.Types;

/// <summary>The leaves that the room knows, one a <see cref="ScalarKind"/>.</summary>
public static class Scalars
{
    /// <summary>32 bits.</summary>
    public static ScalarType Int { get; } = new("Int", "A whole number of 32 bits, with a sign.", ScalarKind.Int);

    /// <summary>A double.</summary>
    public static ScalarType Float { get; } = new("Float", "A number with a fraction, in double precision (IEEE 754).", ScalarKind.Float);

    /// <summary>A text.</summary>
    public static ScalarType String { get; } = new("String", "A text in Unicode.", ScalarKind.String);

    /// <summary>Yes or no.</summary>
    public static ScalarType Boolean { get; } = new("Boolean", "Either `true` or `false`.", ScalarKind.Boolean);

    /// <summary>An opaque text.</summary>
    public static ScalarType Id { get; } = new(
        "ID", "Names one object. It is always answered as a text, and taken as a text or as a whole number; what is in it is nobody's business.",
        ScalarKind.Id);

    /// <summary>64 bits.</summary>
    public static ScalarType Long { get; } = new(
        "Long",
        "A whole number of 64 bits, with a sign. It is answered as a number; JavaScript is exact to 2^53 only. It is taken as a number or as a text of digits.",
        ScalarKind.Long);

    /// <summary>A UUID.</summary>
    public static ScalarType Uuid { get; } = new(
        "UUID", "A UUID in its canonical form: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.", ScalarKind.Uuid,
        "https://www.rfc-editor.org/rfc/rfc9562");

    /// <summary>A decimal number as a text.</summary>
    public static ScalarType Decimal { get; } = new(
        "Decimal",
        "A decimal number of at most 28 digits. It is answered as a text, so that no digit is lost on the way, and taken as a text or as a number.",
        ScalarKind.Decimal);

    /// <summary>A point in time.</summary>
    public static ScalarType DateTime { get; } = new(
        "DateTime",
        "A point in time: a date, a time and a zone, like `2026-03-29T01:30:00.000000Z` or `2026-03-29T02:30:00+01:00`. It is answered in UTC, to the microsecond; a value without a zone is refused.",
        ScalarKind.DateTime, "https://www.rfc-editor.org/rfc/rfc3339");

    /// <summary>A day.</summary>
    public static ScalarType Date { get; } = new("Date", "A day of the calendar, like `2026-03-29`.", ScalarKind.Date);

    /// <summary>Any JSON.</summary>
    public static ScalarType Json { get; } = new("JSON", "Any JSON, as it was stored. It is only answered, never taken.", ScalarKind.Json);

    /// <summary>Those that the language itself defines: a printed schema does not list them.</summary>
    internal static bool IsSpecified(string name) => name is "Int" or "Float" or "String" or "Boolean" or "ID";
}
