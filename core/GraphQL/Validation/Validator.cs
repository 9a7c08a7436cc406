using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>
/// Whether a document fits a schema, by the rules of the specification's section 5. Verdicts and locations are those of the
/// reference implementation; the sentences are our own.
/// </summary>
public static class Validator
{
    /// <summary>
    /// What is wrong with the document, each error with its rule; empty: it is valid. Beyond 100 errors the document is not
    /// looked at any further.
    /// </summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, Document document)
    {
        var context = new ValidationContext(schema, document);
        return context.Errors;
    }
}
