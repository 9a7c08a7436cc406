namespace QualityIngest.GraphQL.Language;

/// <summary>
/// Reads the language of queries (specification, section 2): operations and fragments. Definitions and extensions of types
/// are known and refused: a request does not change the schema. Whatever the text, there is an answer and no exception.
/// </summary>
public static class Parser
{
    /// <summary>Reads a document, in time linear in its length.</summary>
    /// <param name="text">UTF-16; a byte order mark is white space.</param>
    /// <param name="options">Its bounds; null: the defaults.</param>
    public static ParseResult Parse(string text, ParserOptions? options = null)
    {
        var tokens = new TokenReader(text, options ?? ParserOptions.Default);
        var definitions = new List<DefinitionNode>();
        do
        {
            definitions.Add(DefinitionParser.Definition(tokens));
        }
        while (!tokens.Failed && !tokens.Is(TokenKind.End));

        // The reference implementation begins a document before its first character.
        return tokens.Error is { } error ? new(error) : new(new Document(new(1, 1), definitions));
    }
}
