using System.Globalization;

namespace QualityIngest.Domain.Webhooks;

/// <summary>A place in the event feed, as subscribers keep it: opaque to them.</summary>
public static class EventCursor
{
    private const string Prefix = "ev";

    /// <summary>The text of a place.</summary>
    public static string Write(long sequence) => Prefix + sequence.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>The place that a text stands for.</summary>
    public static bool TryRead(string text, out long sequence)
    {
        sequence = 0;
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sequence)
            && sequence >= 0;
    }
}
