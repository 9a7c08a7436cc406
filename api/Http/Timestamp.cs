using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityIngest.Api.Http;

/// <summary>A time in a query parameter: ISO 8601 with <c>Z</c> or an offset. A time without a zone is refused.</summary>
/// <param name="Value">The time, in UTC.</param>
public readonly record struct Timestamp(DateTimeOffset Value)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("+-");

    /// <summary>Reads a time that states its zone.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null
            && text.IndexOf('T', StringComparison.Ordinal) is > 0 and var clock
            && (text[^1] == 'Z' || text.AsSpan(clock).ContainsAny(Signs))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>Reads a parameter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out Timestamp timestamp)
    {
        var read = TryParse(text, out var time);
        timestamp = new Timestamp(time);
        return read;
    }
}
