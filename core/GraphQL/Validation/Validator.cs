using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Validation.Rules;

namespace QualityIngest.GraphQL.Validation;

/// <summary>
/// Whether a document fits a schema, by the rules of the specification's section 5. Verdicts and locations are those of the
/// reference implementation; the sentences are our own.
/// </summary>
public static class Validator
{
    /// <summary>
    /// What is wrong with the document, each error with its rule; empty: it is valid. After 100 errors the document is not
    /// looked at any further. An operation of a kind that the schema has no type for is not looked into, as the reference
    /// implementation has it: <see cref="Refusal"/> tells of it when it is asked for.
    /// </summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, Document document)
    {
        var context = new ValidationContext(schema, document);
        var reach = new Reach(context);
        Rule[] rules =
        [
            new Operations(context),
            new TypeNames(context),
            new Fields(context),
            new FragmentNames(context, reach),
            new FragmentSpreads(context),
            new FragmentCycles(context, reach),
            new Variables(context, reach),
            new UsedDirectives(context),
            new UsedArguments(context),
            new LiteralValues(context),
            new IntrospectionDepth(context),
            new OverlappingFields(context),
        ];
        new Walk(context, rules).Through(document);
        return context.Errors;
    }

    /// <summary>Why an operation cannot be answered whatever it selects: schemas have queries only; null: it is one.</summary>
    public static GraphQLError? Refusal(OperationNode operation) => operation.Kind switch
    {
        OperationKind.Query => null,
        OperationKind.Mutation => new(ErrorCodes.ValidationFailed, "The schema has no mutations: it is for reading.", [operation.At]),
        _ => new(ErrorCodes.ValidationFailed, "The schema has no subscriptions: queries are answered once.", [operation.At]),
    };
}
