using System.Text;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Texts that begin alike, as a range in the order of their bytes.</summary>
internal static class TextRange
{
    /// <summary>The least text above all that begin with the prefix; null: there is none.</summary>
    public static string? End(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToArray();
        for (var last = runes.Length - 1; last >= 0; last--)
        {
            if (runes[last].Value == 0x10FFFF)
                continue;
            // UTF-8 orders as code points do, and surrogates are none.
            var next = runes[last].Value == 0xD7FF ? new Rune(0xE000) : new Rune(runes[last].Value + 1);
            return string.Concat(runes[..last].Select(r => r.ToString())) + next;
        }
        return null;
    }
}
