using System.Globalization;

namespace QualityIngest.Domain.Conversations.Pictures;

/// <summary>Times as people read them.</summary>
internal static class TimeText
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    /// <summary>A moment, to the second: <c>0:07</c>, <c>12:30</c>, <c>1:02:03</c>.</summary>
    public static string Clock(long ms) => ms >= Hour
        ? string.Create(CultureInfo.InvariantCulture, $"{ms / Hour}:{ms % Hour / Minute:00}:{ms % Minute / 1_000:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{ms / Minute}:{ms % Minute / 1_000:00}");

    /// <summary>A length: to a tenth of a second below a minute, above it rounded to seconds.</summary>
    public static string Length(long ms) => ms < Minute - 50
        ? string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000.0:0.0} s")
        : Clock((ms + 500) / 1_000 * 1_000);
}
