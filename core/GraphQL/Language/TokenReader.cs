namespace QualityIngest.GraphQL.Language;

/// <summary>
/// The tokens of a document, one at a time, and what the grammar asks of them. The first error stays: every token behind it is
/// <see cref="TokenKind.Failed"/>, which nothing takes, so that the productions end by themselves and what they made is dropped.
/// </summary>
internal sealed class TokenReader
{
    private readonly string _text;
    private readonly ParserOptions _options;
    private readonly Lexer _lexer;
    private int _tokens;
    private int _nesting;

    public TokenReader(string text, ParserOptions options)
    {
        (_text, _options, _lexer) = (text, options, new(text));
        Advance();
    }

    /// <summary>The token that is read next.</summary>
    public Token Current { get; private set; }

    /// <summary>Why reading ended early.</summary>
    public GraphQLError? Error { get; private set; }

    public bool Failed => Error is not null;

    public bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether a token is a name that reads so.</summary>
    public bool Is(Token token, string word) => token.Kind == TokenKind.Name && TextOf(token).SequenceEqual(word);

    public ReadOnlySpan<char> TextOf(Token token) => _text.AsSpan(token.Start, token.End - token.Start);

    /// <summary>The token behind the current one.</summary>
    public Token Peek()
    {
        var next = _lexer.Peek();
        Note(_lexer.Fault);
        return next;
    }

    /// <summary>Takes the current token, whatever it is.</summary>
    public Token Take()
    {
        var taken = Current;
        Advance();
        return taken;
    }

    /// <summary>Takes the current token if it is of a kind.</summary>
    public bool TakeIf(TokenKind kind)
    {
        if (!Is(kind))
            return false;
        Advance();
        return true;
    }

    /// <summary>Takes the current token if it is a word.</summary>
    public bool TakeIf(string word)
    {
        if (!Is(Current, word))
            return false;
        Advance();
        return true;
    }

    /// <summary>Takes a token that must be of a kind.</summary>
    public void Expect(TokenKind kind)
    {
        if (!TakeIf(kind))
            Fail(Current, $"{Describe(kind)} is missing before {Describe(Current)}.");
    }

    /// <summary>Takes a word that must stand here.</summary>
    public void Expect(string word)
    {
        if (!TakeIf(word))
            Fail(Current, $"\"{word}\" is missing before {Describe(Current)}.");
    }

    /// <summary>Takes a name.</summary>
    public NameNode Name()
    {
        var token = Current;
        Expect(TokenKind.Name);
        return new(token.At, Failed ? "" : TextOf(token).ToString());
    }

    /// <summary>Reads items between two tokens, one at least where <paramref name="some"/> says so.</summary>
    public List<T> Between<T>(TokenKind open, Func<T> item, TokenKind close, bool some)
    {
        var items = new List<T>();
        Enter();
        Expect(open);
        if (some)
            items.Add(item());
        while (!Failed && !TakeIf(close))
            items.Add(item());
        Leave();
        return items;
    }

    /// <summary>Something opens within what is open already.</summary>
    public void Enter()
    {
        if (++_nesting > _options.MaxNesting)
            Exceed("nesting", _options.MaxNesting, _nesting, $"More than {_options.MaxNesting} braces, brackets and parentheses are open at once.");
    }

    /// <summary>What opened last is closed.</summary>
    public void Leave() => _nesting--;

    /// <summary>The current token begins nothing that can stand here.</summary>
    public void Unexpected() => Unexpected(Current);

    /// <summary>A token begins nothing that can stand where it does.</summary>
    public void Unexpected(Token token) => Fail(token, $"{Describe(token)} cannot stand here.");

    /// <summary>Ends reading.</summary>
    public void Fail(Token token, string message) => Note(new SyntaxFault(token.Start, char.ToUpperInvariant(message[0]) + message[1..]));

    private void Advance()
    {
        if (Failed)
            return;
        Current = _lexer.Next();
        Note(_lexer.Fault);
        if (!Failed && !Is(TokenKind.End) && ++_tokens > _options.MaxTokens)
            Exceed("tokens", _options.MaxTokens, _tokens, $"The document has more than {_options.MaxTokens} tokens.");
    }

    private void Note(SyntaxFault? fault)
    {
        if (fault is { } found)
            End(new(ErrorCodes.ParseFailed, found.Message, [SourceText.Locate(_text, found.Offset)]));
    }

    private void Exceed(string name, long bound, long found, string message) =>
        End(new(ErrorCodes.LimitExceeded, message, [Current.At]) { Limit = new(name, bound, found) });

    private void End(GraphQLError error)
    {
        Error ??= error;
        Current = Current with { Kind = TokenKind.Failed };
    }

    private string Describe(Token token) => token.Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"\"{Shorten(TextOf(token))}\"",
        var kind => Describe(kind),
    };

    private static string Shorten(ReadOnlySpan<char> text) => text.Length <= 50 ? text.ToString() : $"{text[..50]}…";

    private static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.End => "the end of the document",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.ParenOpen => "\"(\"",
        TokenKind.ParenClose => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.EqualSign => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.BracketOpen => "\"[\"",
        TokenKind.BracketClose => "\"]\"",
        TokenKind.BraceOpen => "\"{\"",
        TokenKind.BraceClose => "\"}\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.Name => "a name",
        TokenKind.String or TokenKind.BlockString => "a text",
        _ => "a number",
    };
}
