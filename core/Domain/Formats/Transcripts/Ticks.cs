namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>Times as recognisers count them: ticks of 100 ns.</summary>
internal static class Ticks
{
    /// <summary>The longest offset and the longest duration that a transcript may name: 366 days. Sums of two never overflow.</summary>
    public const long Most = 366 * TimeSpan.TicksPerDay;

    /// <summary>Milliseconds, rounded to the nearest, halves up.</summary>
    public static long ToMs(long ticks) => (ticks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond;
}
