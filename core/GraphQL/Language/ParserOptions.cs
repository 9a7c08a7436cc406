namespace QualityIngest.GraphQL.Language;

/// <summary>How much of a document is read at most.</summary>
public sealed record ParserOptions
{
    /// <summary>The defaults.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>Tokens of a document; commas, white space and comments are none. Default 2,000.</summary>
    public int MaxTokens { get; init; } = 2_000;

    /// <summary>Braces, brackets and parentheses that are open at once, so that the stack stays whole. Default 100.</summary>
    public int MaxNesting { get; init; } = 100;
}
