using System.Text;

namespace QualityIngest.GraphQL.Language;

/// <summary>Reads a text in single double quotes (specification, section 2.9.4).</summary>
internal static class StringLexer
{
    /// <summary>Reads the text whose quote stands at an offset and resolves its escapes, or says why it is none.</summary>
    public static SyntaxFault? Read(string text, int start, out int end, out string value)
    {
        (end, value) = (start, "");
        var offset = start + 1;
        var copied = offset;
        StringBuilder? read = null;
        while (offset < text.Length)
        {
            var unit = text[offset];
            if (unit == '"')
            {
                end = offset + 1;
                var rest = text.AsSpan(copied, offset - copied);
                value = read is null ? rest.ToString() : read.Append(rest).ToString();
                return null;
            }
            if (SourceText.IsLineEnd(unit))
                break;
            if (unit == '\\')
            {
                read = (read ?? new()).Append(text, copied, offset - copied);
                var size = Escape(text, offset, read);
                if (size == 0)
                    return new(offset, "The language has no such escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t, \\u with four hexadecimal digits, or \\u{…}.");
                offset += size;
                copied = offset;
                continue;
            }
            var width = SourceText.Width(text, offset);
            if (width == 0)
                return new(offset, $"{SourceText.Show(text, offset)} is half of a character.");
            offset += width;
        }
        return new(offset, "The text ends without its quote.");
    }

    // Each answers how many units the escape has; 0: it is none.
    private static int Escape(string text, int offset, StringBuilder read)
    {
        if (SourceText.At(text, offset + 1) == 'u')
            return SourceText.At(text, offset + 2) == '{' ? Braced(text, offset, read) : Four(text, offset, read);
        var character = SourceText.At(text, offset + 1) switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (character == '\0')
            return 0;
        read.Append(character);
        return 2;
    }

    // At most eight digits, leading zeros among them.
    private static int Braced(string text, int offset, StringBuilder read)
    {
        long point = 0;
        for (var size = 3; size < 12; size++)
        {
            var unit = SourceText.At(text, offset + size);
            if (unit == '}')
            {
                if (size == 3 || !Rune.IsValid((int)Math.Min(point, int.MaxValue)))
                    return 0;
                read.Append(new Rune((int)point).ToString());
                return size + 1;
            }
            if (!char.IsAsciiHexDigit(unit))
                return 0;
            point = (point << 4) | (uint)Digit(unit);
        }
        return 0;
    }

    // Characters beyond U+FFFF may be written as the pair of their surrogates, as in JSON; neither half stands alone.
    private static int Four(string text, int offset, StringBuilder read)
    {
        if (Unit(text, offset + 2) is not { } first)
            return 0;
        if (!char.IsSurrogate(first))
        {
            read.Append(first);
            return 6;
        }
        if (char.IsHighSurrogate(first) && SourceText.At(text, offset + 6) == '\\' && SourceText.At(text, offset + 7) == 'u'
            && Unit(text, offset + 8) is { } second && char.IsLowSurrogate(second))
        {
            read.Append(first).Append(second);
            return 12;
        }
        return 0;
    }

    private static char? Unit(string text, int offset)
    {
        var unit = 0;
        for (var i = offset; i < offset + 4; i++)
        {
            if (!char.IsAsciiHexDigit(SourceText.At(text, i)))
                return null;
            unit = (unit << 4) | Digit(text[i]);
        }
        return (char)unit;
    }

    private static int Digit(char unit) => char.IsAsciiDigit(unit) ? unit - '0' : (unit | 0x20) - 'a' + 10;
}
