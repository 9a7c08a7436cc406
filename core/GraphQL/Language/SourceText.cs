namespace QualityIngest.GraphQL.Language;

/// <summary>The characters of a document, as the specification sorts them.</summary>
internal static class SourceText
{
    /// <summary>The unit at an offset; NUL behind the end, which is part of no token.</summary>
    public static char At(string text, int offset) => (uint)offset < (uint)text.Length ? text[offset] : '\0';

    public static bool IsNameStart(char unit) => char.IsAsciiLetter(unit) || unit == '_';

    public static bool IsNamePart(char unit) => char.IsAsciiLetterOrDigit(unit) || unit == '_';

    public static bool IsLineEnd(char unit) => unit is '\n' or '\r';

    /// <summary>How many units the line end at an offset has: CR LF is one.</summary>
    public static int LineEnd(string text, int offset) => text[offset] == '\r' && At(text, offset + 1) == '\n' ? 2 : 1;

    /// <summary>How many units the character at an offset has; 0 where half of a surrogate pair stands alone.</summary>
    public static int Width(string text, int offset)
    {
        var unit = text[offset];
        if (!char.IsSurrogate(unit))
            return 1;
        return char.IsHighSurrogate(unit) && char.IsLowSurrogate(At(text, offset + 1)) ? 2 : 0;
    }

    /// <summary>The line and column of an offset.</summary>
    public static Location Locate(string text, int offset)
    {
        int line = 1, start = 0;
        for (var i = 0; i < offset;)
        {
            if (!IsLineEnd(text[i]))
            {
                i++;
                continue;
            }
            i += LineEnd(text, i);
            start = i;
            line++;
        }
        return new(line, offset + 1 - start);
    }

    /// <summary>The character at an offset, for a sentence: quoted where it can be seen, else its number.</summary>
    public static string Show(string text, int offset)
    {
        if (offset >= text.Length)
            return "the end of the document";
        var unit = text[offset];
        if (unit is > ' ' and <= '~')
            return unit == '"' ? "'\"'" : $"\"{unit}\"";
        return Width(text, offset) == 2 ? $"U+{char.ConvertToUtf32(text, offset):X4}" : $"U+{(int)unit:X4}";
    }
}
