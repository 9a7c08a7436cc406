namespace QualityIngest.Domain.Formats;

/// <summary>
/// Language tags in the shape of BCP 47 (RFC 5646, 2.1): subtags of 1 to 8 letters or digits joined by hyphens, led by a
/// language of 2 to 8 letters or by <c>x</c> or <c>i</c>; at most 35 characters (4.4.1). The registry is not consulted.
/// </summary>
public static class LanguageTag
{
    /// <summary>The language of rows that name none.</summary>
    public const string Default = "en";

    private const int Longest = 35;
    private const int LongestSubtag = 8;

    /// <summary>Reads a tag; <paramref name="language"/> is its first subtag in lower case.</summary>
    public static bool TryRead(string tag, out string language)
    {
        language = "";
        if (tag.Length is 0 or > Longest) return false;
        var first = true;
        foreach (var part in tag.AsSpan().Split('-'))
        {
            var subtag = tag.AsSpan(part);
            if (!IsSubtag(subtag) || (first && !IsLanguage(subtag, tag.Length))) return false;
            if (first) language = tag[part].ToLowerInvariant();
            first = false;
        }
        return true;
    }

    private static bool IsSubtag(ReadOnlySpan<char> subtag)
    {
        if (subtag.Length is 0 or > LongestSubtag) return false;
        foreach (var c in subtag)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        }
        return true;
    }

    private static bool IsLanguage(ReadOnlySpan<char> subtag, int tagLength) =>
        !subtag.ContainsAnyInRange('0', '9') && (subtag.Length > 1 || (subtag is ['x' or 'X' or 'i' or 'I'] && tagLength > 2));
}
