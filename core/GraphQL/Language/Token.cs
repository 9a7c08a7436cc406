namespace QualityIngest.GraphQL.Language;

internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>No token: reading has failed, and everything after it.</summary>
    Failed,
    Bang,
    Dollar,
    Ampersand,
    ParenOpen,
    ParenClose,
    Spread,
    Colon,
    EqualSign,
    At,
    BracketOpen,
    BracketClose,
    BraceOpen,
    BraceClose,
    Pipe,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <summary>A token of a document.</summary>
/// <param name="Start">Its first UTF-16 unit.</param>
/// <param name="End">The unit behind its last.</param>
/// <param name="At">Where it begins.</param>
/// <param name="Value">The value of a string; null of everything else, whose text is a part of the document.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, Location At, string? Value = null);
