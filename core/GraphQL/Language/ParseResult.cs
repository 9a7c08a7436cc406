using System.Diagnostics.CodeAnalysis;

namespace QualityIngest.GraphQL.Language;

/// <summary>A document, or the first reason why there is none.</summary>
public sealed record ParseResult
{
    /// <summary>A text that was read whole.</summary>
    public ParseResult(Document document) => Document = document;

    /// <summary>A text that was not.</summary>
    public ParseResult(GraphQLError error) => Error = error;

    /// <summary>What was read; null beside an error.</summary>
    public Document? Document { get; }

    /// <summary>Code <c>GRAPHQL_PARSE_FAILED</c>, or <c>LIMIT_EXCEEDED</c> with the limit <c>tokens</c> or <c>nesting</c>; null beside a document.</summary>
    public GraphQLError? Error { get; }

    /// <summary>Whether the text was read.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Document is not null;
}
