using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>What rules know of the document, and where they tell of errors.</summary>
internal sealed class ValidationContext(Schema schema, Document document)
{
    /// <summary>The schema.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>The document.</summary>
    public Document Document { get; } = document;

    /// <summary>What is wrong.</summary>
    public List<GraphQLError> Errors { get; } = [];
}
