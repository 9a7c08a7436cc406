namespace QualityIngest.GraphQL.Language;

/// <summary>Reads the types of variables and conditions (specification, section 2.11).</summary>
internal static class TypeParser
{
    public static NamedTypeNode Named(TokenReader tokens)
    {
        var name = tokens.Name();
        return new(name.At, name);
    }

    public static TypeNode Type(TokenReader tokens)
    {
        var at = tokens.Current.At;
        TypeNode type = tokens.Is(TokenKind.BracketOpen) ? List(tokens) : Named(tokens);
        return tokens.TakeIf(TokenKind.Bang) ? new NonNullTypeNode(at, type) : type;
    }

    private static ListTypeNode List(TokenReader tokens)
    {
        var at = tokens.Current.At;
        tokens.Enter();
        tokens.Expect(TokenKind.BracketOpen);
        var item = Type(tokens);
        tokens.Expect(TokenKind.BracketClose);
        tokens.Leave();
        return new(at, item);
    }
}
