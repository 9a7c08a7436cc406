namespace QualityIngest.GraphQL.Language;

/// <summary>A block of text.</summary>
/// <param name="Value">Its lines, joined by LF, without the indent that they share and without blank lines around them.</param>
/// <param name="End">The offset behind its quotes.</param>
/// <param name="LineEnds">How many line ends it holds.</param>
/// <param name="LastLine">Where the line of its closing quotes begins.</param>
internal readonly record struct BlockString(string Value, int End, int LineEnds, int LastLine);

/// <summary>Reads a text in three double quotes (specification, section 2.9.4).</summary>
internal static class BlockStringLexer
{
    private const string Quotes = "\"\"\"";

    /// <summary>Reads the block whose quotes stand at an offset, or says why it is none.</summary>
    public static SyntaxFault? Read(string text, int start, out BlockString block)
    {
        block = default;
        var lines = new List<string>();
        var offset = start + Quotes.Length;
        var line = offset;
        while (offset < text.Length)
        {
            var unit = text[offset];
            if (unit == '"' && text.AsSpan(offset).StartsWith(Quotes))
            {
                lines.Add(Line(text, line, offset));
                block = new(Dedent(lines), offset + Quotes.Length, lines.Count - 1, line);
                return null;
            }
            if (unit == '\\' && text.AsSpan(offset + 1).StartsWith(Quotes))
            {
                offset += 1 + Quotes.Length;
            }
            else if (SourceText.IsLineEnd(unit))
            {
                lines.Add(Line(text, line, offset));
                offset += SourceText.LineEnd(text, offset);
                line = offset;
            }
            else if (SourceText.Width(text, offset) is var width and > 0)
            {
                offset += width;
            }
            else
            {
                return new(offset, $"{SourceText.Show(text, offset)} is half of a character.");
            }
        }
        return new(offset, "The block of text ends without its three quotes.");
    }

    // A backslash escapes three quotes and nothing else.
    private static string Line(string text, int start, int end) => text[start..end].Replace("\\" + Quotes, Quotes, StringComparison.Ordinal);

    private static string Dedent(List<string> lines)
    {
        int indent = int.MaxValue, first = -1, last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var blank = Indent(lines[i]);
            if (blank == lines[i].Length)
                continue;
            first = first < 0 ? i : first;
            last = i;
            // The first line stands behind the quotes: its indent says nothing.
            if (i > 0)
                indent = Math.Min(indent, blank);
        }
        return first < 0 ? "" : string.Join('\n', lines[first..(last + 1)].Select((line, i) => i + first == 0 ? line : line[Math.Min(indent, line.Length)..]));
    }

    private static int Indent(string line)
    {
        var indent = line.AsSpan().IndexOfAnyExcept(' ', '\t');
        return indent < 0 ? line.Length : indent;
    }
}
