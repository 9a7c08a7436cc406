namespace QualityIngest.GraphQL.Language;

/// <summary>Reads what is selected: fields, spreads and inline fragments (specification, sections 2.4 to 2.8).</summary>
internal static class SelectionParser
{
    public static SelectionSetNode SelectionSet(TokenReader tokens)
    {
        var at = tokens.Current.At;
        return new(at, tokens.Between(TokenKind.BraceOpen, () => Selection(tokens), TokenKind.BraceClose, some: true));
    }

    /// <summary>Any name but <c>on</c>, which begins a condition.</summary>
    public static NameNode FragmentName(TokenReader tokens)
    {
        if (tokens.Is(tokens.Current, "on"))
            tokens.Unexpected();
        return tokens.Name();
    }

    private static SelectionNode Selection(TokenReader tokens) => tokens.Is(TokenKind.Spread) ? Fragment(tokens) : Field(tokens);

    private static FieldNode Field(TokenReader tokens)
    {
        var name = tokens.Name();
        NameNode? alias = null;
        if (tokens.TakeIf(TokenKind.Colon))
            (alias, name) = (name, tokens.Name());
        var arguments = ValueParser.Arguments(tokens, constant: false);
        var directives = ValueParser.Directives(tokens, constant: false);
        return new((alias ?? name).At, alias, name, arguments, directives, tokens.Is(TokenKind.BraceOpen) ? SelectionSet(tokens) : null);
    }

    private static SelectionNode Fragment(TokenReader tokens)
    {
        var at = tokens.Take().At;
        var conditioned = tokens.TakeIf("on");
        if (!conditioned && tokens.Is(TokenKind.Name))
            return new FragmentSpreadNode(at, FragmentName(tokens), ValueParser.Directives(tokens, constant: false));

        var condition = conditioned ? TypeParser.Named(tokens) : null;
        return new InlineFragmentNode(at, condition, ValueParser.Directives(tokens, constant: false), SelectionSet(tokens));
    }
}
