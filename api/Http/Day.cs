using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityIngest.Api.Http;

/// <summary>A day in a query parameter: <c>YYYY-MM-DD</c>.</summary>
/// <param name="Value">The day.</param>
public readonly record struct Day(DateOnly Value)
{
    /// <summary>Reads a parameter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Day day)
    {
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        day = new Day(value);
        return read;
    }
}
