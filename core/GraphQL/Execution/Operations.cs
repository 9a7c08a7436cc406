using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Planning;
using QualityIngest.GraphQL.Validation;

namespace QualityIngest.GraphQL.Execution;

/// <summary>A document that was read and is valid.</summary>
internal sealed class ReadDocument(Document document)
{
    /// <summary>The document.</summary>
    public Document Document => document;

    /// <summary>Its operations that are within the limits, as they are asked for. Few: a document has no more than it has tokens.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<OperationNode, Operation> Operations { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>An operation that can be planned.</summary>
/// <param name="Weight">The document's share of a cache's bytes: whoever keeps the operation keeps that.</param>
internal sealed record Operation(Document Document, OperationNode Node, Shape Shape, long Weight);

/// <summary>From a request's text to one operation of a valid document, each document read once while it is remembered.</summary>
internal sealed class Operations(GraphQLCatalogue catalogue, GraphQLOptions options)
{
    private readonly BoundedCache<string, ReadDocument> _documents = new(options.CachedDocuments, options.CachedDocumentBytes);

    /// <summary>How many documents are remembered.</summary>
    public int Remembered => _documents.Count;

    /// <summary>The operation that a request asks for, or why there is none.</summary>
    public (Operation? Operation, Preparation? Refusal) Find(GraphQLRequest request)
    {
        if (!_documents.TryGet(request.Query, out var read))
        {
            var parsed = Parser.Parse(request.Query, options.Limits.Parser);
            if (!parsed.Succeeded)
                return (null, new([parsed.Error]));
            var kind = Choose(parsed.Document, request.OperationName).Operation?.Kind;
            if (Validator.Validate(catalogue.Schema, parsed.Document) is { Count: > 0 } errors)
                return (null, new(errors, kind));
            read = new(parsed.Document);
            _documents.Add(request.Query, read, Weight(request.Query));
        }

        var (node, refusal) = Choose(read.Document, request.OperationName);
        if (node is null)
            return (null, new([refusal!]));
        if (Validator.Refusal(node) is { } kindless)
            return (null, new([kindless], node.Kind));
        if (read.Operations.TryGetValue(node, out var known))
            return (known, null);
        if (StaticLimits.Check(read.Document, node, options.Limits, catalogue.Schema) is { Count: > 0 } exceeded)
            return (null, new(exceeded, node.Kind));
        return (read.Operations.GetOrAdd(node, n => new(read.Document, n, new Shape(catalogue.Schema, n, catalogue.Structural), Weight(request.Query))), null);
    }

    // A tree of records takes some ten times the room of its text.
    private static long Weight(string text) => 1024 + 20L * text.Length;

    private static (OperationNode? Operation, GraphQLError? Refusal) Choose(Document document, string? name)
    {
        var operations = document.Operations.ToList();
        if (name is { Length: > 0 })
        {
            return operations.Find(o => o.Name?.Value == name) is { } named
                ? (named, null)
                : (null, new(ErrorCodes.OperationUnknown, "The document has no operation of the name that `operationName` gives.", []));
        }
        return operations switch
        {
            [var only] => (only, null),
            [] => (null, new(ErrorCodes.OperationUnknown, "The document has no operation.", [])),
            _ => (null, new(ErrorCodes.OperationUnknown, "The document has several operations: `operationName` has to say which.", [])),
        };
    }
}
