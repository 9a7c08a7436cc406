namespace QualityIngest.GraphQL.Language;

/// <summary>Reads a document token by token (specification, section 2.1). It holds no more than its place in the text.</summary>
internal sealed class Lexer(string text)
{
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    /// <summary>What ended reading; every token is <see cref="TokenKind.Failed"/> from then on.</summary>
    public SyntaxFault? Fault { get; private set; }

    /// <summary>The next token.</summary>
    public Token Next()
    {
        if (Fault is not null)
            return new(TokenKind.Failed, _offset, _offset, new(_line, 1));
        SkipIgnored();
        if (_offset >= text.Length)
            return Token(TokenKind.End, 0);

        var unit = text[_offset];
        if (SourceText.IsNameStart(unit))
            return Name();
        return unit switch
        {
            '!' => Token(TokenKind.Bang, 1),
            '$' => Token(TokenKind.Dollar, 1),
            '&' => Token(TokenKind.Ampersand, 1),
            '(' => Token(TokenKind.ParenOpen, 1),
            ')' => Token(TokenKind.ParenClose, 1),
            ':' => Token(TokenKind.Colon, 1),
            '=' => Token(TokenKind.EqualSign, 1),
            '@' => Token(TokenKind.At, 1),
            '[' => Token(TokenKind.BracketOpen, 1),
            ']' => Token(TokenKind.BracketClose, 1),
            '{' => Token(TokenKind.BraceOpen, 1),
            '|' => Token(TokenKind.Pipe, 1),
            '}' => Token(TokenKind.BraceClose, 1),
            '.' when text.AsSpan(_offset).StartsWith("...") => Token(TokenKind.Spread, 3),
            '"' => text.AsSpan(_offset).StartsWith("\"\"\"") ? BlockString() : String(),
            '-' or (>= '0' and <= '9') => Number(),
            _ => Fail(new(_offset, Unexpected(unit))),
        };
    }

    /// <summary>The token behind the next one that is read; nothing moves.</summary>
    public Token Peek()
    {
        var (offset, line, lineStart) = (_offset, _line, _lineStart);
        var token = Next();
        (_offset, _line, _lineStart) = (offset, line, lineStart);
        return token;
    }

    // Byte order marks count as white space wherever they stand.
    private void SkipIgnored()
    {
        while (_offset < text.Length)
        {
            switch (text[_offset])
            {
                case '\uFEFF' or '\t' or ' ' or ',':
                    _offset++;
                    break;
                case '\n' or '\r':
                    _offset += SourceText.LineEnd(text, _offset);
                    _line++;
                    _lineStart = _offset;
                    break;
                case '#':
                    SkipComment();
                    break;
                default:
                    return;
            }
        }
    }

    // A lone surrogate ends the comment, and is then an invalid character of the document.
    private void SkipComment()
    {
        while (_offset < text.Length && !SourceText.IsLineEnd(text[_offset]) && SourceText.Width(text, _offset) is var width and > 0)
            _offset += width;
    }

    private Token Name()
    {
        var end = _offset + 1;
        while (end < text.Length && SourceText.IsNamePart(text[end]))
            end++;
        return Token(TokenKind.Name, end - _offset);
    }

    private Token Number() =>
        NumberLexer.Read(text, _offset, out var end, out var isFloat) is { } fault
            ? Fail(fault)
            : Token(isFloat ? TokenKind.Float : TokenKind.Int, end - _offset);

    private Token String() =>
        StringLexer.Read(text, _offset, out var end, out var value) is { } fault ? Fail(fault) : Token(TokenKind.String, end - _offset, value);

    private Token BlockString()
    {
        if (BlockStringLexer.Read(text, _offset, out var block) is { } fault)
            return Fail(fault);
        var token = Token(TokenKind.BlockString, block.End - _offset, block.Value);
        if (block.LineEnds > 0)
            (_line, _lineStart) = (_line + block.LineEnds, block.LastLine);
        return token;
    }

    private Token Token(TokenKind kind, int length, string? value = null)
    {
        var token = new Token(kind, _offset, _offset + length, new(_line, _offset + 1 - _lineStart), value);
        _offset += length;
        return token;
    }

    private Token Fail(SyntaxFault fault)
    {
        Fault = fault;
        return new(TokenKind.Failed, _offset, _offset, new(_line, _offset + 1 - _lineStart));
    }

    private string Unexpected(char unit) =>
        unit == '\'' ? "A text stands in double quotes, not in single ones."
        : SourceText.Width(text, _offset) == 0 ? $"{SourceText.Show(text, _offset)} is half of a character."
        : $"{SourceText.Show(text, _offset)} begins nothing that the language has.";
}
