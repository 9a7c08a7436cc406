using System.Globalization;

namespace QualityIngest.Domain.Formats;

/// <summary>Values as messages quote them: at most 100 characters, no control characters, no half of a character.</summary>
internal static class Quotation
{
    private const int Longest = 100;

    public static string Of(ReadOnlySpan<char> value)
    {
        var cut = value.Length > Longest;
        if (cut) value = value[..(char.IsHighSurrogate(value[Longest - 2]) ? Longest - 2 : Longest - 1)];
        return string.Create(CultureInfo.InvariantCulture, $"'{Printable(value)}{(cut ? "…" : "")}'");
    }

    private static string Printable(ReadOnlySpan<char> value) =>
        string.Create(value.Length, value, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
}
