namespace QualityIngest.GraphQL.Language;

/// <summary>Reads values, and the arguments and directives that hold them (specification, sections 2.6, 2.9 and 2.12).</summary>
internal static class ValueParser
{
    /// <summary>Reads a value.</summary>
    /// <param name="constant">Whether variables are refused, as in defaults.</param>
    public static ValueNode Value(TokenReader tokens, bool constant)
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.BracketOpen:
                return new ListValue(token.At, tokens.Between(TokenKind.BracketOpen, () => Value(tokens, constant), TokenKind.BracketClose, some: false));
            case TokenKind.BraceOpen:
                return new ObjectValue(token.At, tokens.Between(TokenKind.BraceOpen, () => Member(tokens, constant), TokenKind.BraceClose, some: false));
            case TokenKind.Dollar when constant:
                return RefuseVariable(tokens);
            case TokenKind.Dollar:
                return Variable(tokens);
            case TokenKind.Int or TokenKind.Float or TokenKind.String or TokenKind.BlockString or TokenKind.Name:
                return Leaf(tokens, tokens.Take());
            default:
                tokens.Unexpected();
                return new NullValue(token.At);
        }
    }

    public static VariableReference Variable(TokenReader tokens)
    {
        var at = tokens.Current.At;
        tokens.Expect(TokenKind.Dollar);
        return new(at, tokens.Name());
    }

    /// <summary>Reads arguments, if there are any.</summary>
    public static List<ArgumentNode> Arguments(TokenReader tokens, bool constant) =>
        tokens.Is(TokenKind.ParenOpen)
            ? tokens.Between(TokenKind.ParenOpen, () => Argument(tokens, constant), TokenKind.ParenClose, some: true)
            : [];

    /// <summary>Reads directives, if there are any.</summary>
    public static List<DirectiveNode> Directives(TokenReader tokens, bool constant)
    {
        var directives = new List<DirectiveNode>();
        while (tokens.Is(TokenKind.At))
        {
            var at = tokens.Take().At;
            directives.Add(new(at, tokens.Name(), Arguments(tokens, constant)));
        }
        return directives;
    }

    private static ArgumentNode Argument(TokenReader tokens, bool constant)
    {
        var name = tokens.Name();
        tokens.Expect(TokenKind.Colon);
        return new(name.At, name, Value(tokens, constant));
    }

    private static ObjectFieldNode Member(TokenReader tokens, bool constant)
    {
        var name = tokens.Name();
        tokens.Expect(TokenKind.Colon);
        return new(name.At, name, Value(tokens, constant));
    }

    private static ValueNode Leaf(TokenReader tokens, Token token)
    {
        if (token.Value is { } text)
            return new StringValue(token.At, text, token.Kind == TokenKind.BlockString);
        var written = tokens.TextOf(token);
        return token.Kind switch
        {
            TokenKind.Int => new IntValue(token.At, written.ToString()),
            TokenKind.Float => new FloatValue(token.At, written.ToString()),
            _ => written switch
            {
                "true" => new BooleanValue(token.At, true),
                "false" => new BooleanValue(token.At, false),
                "null" => new NullValue(token.At),
                _ => new EnumValue(token.At, written.ToString()),
            },
        };
    }

    private static NullValue RefuseVariable(TokenReader tokens)
    {
        var dollar = tokens.Take();
        if (tokens.Is(TokenKind.Name))
            tokens.Fail(dollar, $"A constant holds no variable, such as ${tokens.TextOf(tokens.Current)}.");
        else
            tokens.Unexpected(dollar);
        return new(dollar.At);
    }
}
