namespace QualityIngest.GraphQL.Language;

/// <summary>Reads whole numbers and numbers with a fraction or an exponent (specification, sections 2.9.1 and 2.9.2).</summary>
internal static class NumberLexer
{
    /// <summary>Reads the number at an offset, or says why it is none.</summary>
    public static SyntaxFault? Read(string text, int start, out int end, out bool isFloat)
    {
        isFloat = false;
        end = start;
        if (text[end] == '-')
            end++;

        if (SourceText.At(text, end) == '0')
        {
            end++;
            if (char.IsAsciiDigit(SourceText.At(text, end)))
                return new(end, "A number does not begin with a zero and another digit.");
        }
        else if (!Digits(text, ref end))
        {
            return NoDigit(text, end);
        }

        if (SourceText.At(text, end) == '.')
        {
            isFloat = true;
            end++;
            if (!Digits(text, ref end))
                return NoDigit(text, end);
        }

        if (SourceText.At(text, end) is 'e' or 'E')
        {
            isFloat = true;
            end++;
            if (SourceText.At(text, end) is '+' or '-')
                end++;
            if (!Digits(text, ref end))
                return NoDigit(text, end);
        }

        // A name or another point right behind a number would read as two tokens that nobody meant.
        var next = SourceText.At(text, end);
        return next == '.' || SourceText.IsNameStart(next) ? NoDigit(text, end) : null;
    }

    private static bool Digits(string text, ref int end)
    {
        var start = end;
        while (char.IsAsciiDigit(SourceText.At(text, end)))
            end++;
        return end > start;
    }

    private static SyntaxFault NoDigit(string text, int offset) => new(offset, $"A number asks for a digit here, not {SourceText.Show(text, offset)}.");
}
