namespace QualityIngest.GraphQL.Language;

/// <summary>Reads operations and fragments (specification, sections 2.3, 2.8 and 2.10). Their descriptions are read and dropped.</summary>
internal static class DefinitionParser
{
    private static readonly string[] TypeSystem = ["schema", "scalar", "type", "interface", "union", "enum", "input", "directive"];

    public static DefinitionNode Definition(TokenReader tokens)
    {
        var first = tokens.Current;
        if (tokens.Is(TokenKind.BraceOpen))
            return new OperationNode(first.At, OperationKind.Query, null, [], [], SelectionParser.SelectionSet(tokens));

        var described = IsText(first);
        var keyword = described ? tokens.Peek() : first;
        if (OperationOf(tokens, keyword) is { } kind)
            return Operation(tokens, kind);
        if (tokens.Is(keyword, "fragment"))
            return Fragment(tokens);

        Refuse(tokens, keyword, described);
        return new OperationNode(first.At, OperationKind.Query, null, [], [], new(first.At, []));
    }

    private static OperationNode Operation(TokenReader tokens, OperationKind kind)
    {
        var at = tokens.Current.At;
        SkipDescription(tokens);
        tokens.Take();
        var name = tokens.Is(TokenKind.Name) ? tokens.Name() : null;
        var variables = tokens.Is(TokenKind.ParenOpen)
            ? tokens.Between(TokenKind.ParenOpen, () => Variable(tokens), TokenKind.ParenClose, some: true)
            : [];
        return new(at, kind, name, variables, ValueParser.Directives(tokens, constant: false), SelectionParser.SelectionSet(tokens));
    }

    private static VariableNode Variable(TokenReader tokens)
    {
        var at = tokens.Current.At;
        SkipDescription(tokens);
        var variable = ValueParser.Variable(tokens);
        tokens.Expect(TokenKind.Colon);
        var type = TypeParser.Type(tokens);
        var value = tokens.TakeIf(TokenKind.EqualSign) ? ValueParser.Value(tokens, constant: true) : null;
        return new(at, variable, type, value, ValueParser.Directives(tokens, constant: true));
    }

    private static FragmentNode Fragment(TokenReader tokens)
    {
        var at = tokens.Current.At;
        SkipDescription(tokens);
        tokens.Take();
        var name = SelectionParser.FragmentName(tokens);
        tokens.Expect("on");
        var condition = TypeParser.Named(tokens);
        return new(at, name, condition, ValueParser.Directives(tokens, constant: false), SelectionParser.SelectionSet(tokens));
    }

    private static OperationKind? OperationOf(TokenReader tokens, Token keyword) =>
        tokens.Is(keyword, "query") ? OperationKind.Query
        : tokens.Is(keyword, "mutation") ? OperationKind.Mutation
        : tokens.Is(keyword, "subscription") ? OperationKind.Subscription
        : null;

    // The places are those of the reference implementation.
    private static void Refuse(TokenReader tokens, Token keyword, bool described)
    {
        if (described && keyword.Kind == TokenKind.BraceOpen)
            tokens.Fail(tokens.Current, "The short form of a query has no description.");
        else if (IsTypeSystem(tokens, keyword))
            tokens.Fail(tokens.Current, $"A request holds operations and fragments; it does not define the {tokens.TextOf(keyword)}.");
        else if (described && keyword.Kind == TokenKind.Name)
            tokens.Fail(tokens.Current, "Only definitions have a description.");
        else if (tokens.Is(keyword, "extend"))
            RefuseExtension(tokens, keyword, tokens.Peek());
        else
            tokens.Unexpected(keyword);
    }

    private static void RefuseExtension(TokenReader tokens, Token keyword, Token extended)
    {
        if (IsTypeSystem(tokens, extended) && !tokens.Is(extended, "directive"))
            tokens.Fail(keyword, $"A request holds operations and fragments; it does not extend the {tokens.TextOf(extended)}.");
        else
            tokens.Unexpected(extended);
    }

    private static bool IsTypeSystem(TokenReader tokens, Token keyword)
    {
        foreach (var word in TypeSystem)
        {
            if (tokens.Is(keyword, word))
                return true;
        }
        return false;
    }

    private static bool IsText(Token token) => token.Kind is TokenKind.String or TokenKind.BlockString;

    private static void SkipDescription(TokenReader tokens)
    {
        if (IsText(tokens.Current))
            tokens.Take();
    }
}
