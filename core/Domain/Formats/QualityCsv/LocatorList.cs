using System.Buffers;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Tells a list of recordings from one locator. Commas and semicolons are legal in keys, so a value is a list only when
/// every part of it is a locator of sound by itself.
/// </summary>
internal static class LocatorList
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;|\r\n");

    public static bool Is(string value)
    {
        if (value is ['[', .., ']']) return true;
        if (!value.AsSpan().ContainsAny(Separators)) return false;
        var parts = value.Split([',', ';', '|', '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && (parts.All(IsSoundFile) || parts.All(IsUrl));
    }

    private static bool IsSoundFile(string part) =>
        part.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) || part.EndsWith(".mp3", StringComparison.OrdinalIgnoreCase);

    private static bool IsUrl(string part) => part.Contains("://", StringComparison.Ordinal);
}
