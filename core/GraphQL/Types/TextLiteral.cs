using System.Globalization;
using System.Text;

namespace QualityIngest.GraphQL.Types;

/// <summary>Texts as literals of the language, in the form that the reference implementation prints.</summary>
internal static class TextLiteral
{
    private const string Quotes = "\"\"\"";

    /// <summary>In quotes, with escapes.</summary>
    public static string Quoted(string text)
    {
        var printed = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': printed.Append("\\\""); break;
                case '\\': printed.Append(@"\\"); break;
                case '\b': printed.Append(@"\b"); break;
                case '\t': printed.Append(@"\t"); break;
                case '\n': printed.Append(@"\n"); break;
                case '\f': printed.Append(@"\f"); break;
                case '\r': printed.Append(@"\r"); break;
                case < ' ' or (>= '\x7f' and <= '\x9f'): printed.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"); break;
                default: printed.Append(c); break;
            }
        }
        return printed.Append('"').ToString();
    }

    /// <summary>A description: a block where a block can hold it, else in quotes.</summary>
    public static string Description(string text) => FitsBlock(text) ? Block(text) : Quoted(text);

    private static string Block(string text)
    {
        var escaped = text.Replace(Quotes, "\\" + Quotes, StringComparison.Ordinal);
        var lines = escaped.Split('\n');
        var indented = lines.Length > 1 && lines.Skip(1).All(l => l.Length == 0 || IsSpace(l[0]));
        var endsInQuotes = escaped.EndsWith("\\" + Quotes, StringComparison.Ordinal);
        var needsBreak = (text.EndsWith('"') && !endsInQuotes) || text.EndsWith('\\');
        var multiline = lines.Length > 1 || text.Length > 70 || needsBreak || indented || endsInQuotes;
        var startsInSpace = lines.Length == 1 && text.Length > 0 && IsSpace(text[0]);
        return Quotes
            + ((multiline && !startsInSpace) || indented ? "\n" : "") + escaped + (multiline || needsBreak ? "\n" : "")
            + Quotes;
    }

    // What a block would read back otherwise: other control characters, outer empty lines, and an indent that all lines share.
    private static bool FitsBlock(string text)
    {
        if (text.Length == 0)
            return true;
        if (text.Any(c => c is < '\x10' and not ('\t' or '\n')))
            return false;
        var lines = text.Split('\n');
        if (IsBlank(lines[0]) || IsBlank(lines[^1]))
            return false;
        return lines.Length == 1 || !lines.Where(l => !IsBlank(l)).All(l => IsSpace(l[0]));
    }

    private static bool IsBlank(string line) => line.All(IsSpace);

    private static bool IsSpace(char c) => c is ' ' or '\t';
}
