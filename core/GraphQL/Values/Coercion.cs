using System.Text.Json;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Values;

/// <summary>
/// Variables and literals as plain values of the CLR: null, bool, int, long, double, string, decimal, DateTime (UTC),
/// DateOnly, Guid, <see cref="EnumMember"/>, IReadOnlyList of object, and, for input objects, IReadOnlyDictionary of string
/// to object, in which members that were not given, and have no default, are absent.
/// </summary>
public static class Coercion
{
    private static readonly GraphQLLimits s_defaults = new();

    /// <summary>
    /// The values of an operation's variables. Defaults stand in for those that are not given; a variable that is neither
    /// given nor has a default is absent. Names that the operation does not have are passed over.
    /// </summary>
    /// <param name="schema">The schema that the operation is valid in.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="variables">A JSON object; null or JSON's null: none are given.</param>
    /// <param name="limits">Of these InputDepth and InputValues; null: the defaults.</param>
    public static CoercedVariables Variables(Schema schema, OperationNode operation, JsonElement? variables, GraphQLLimits? limits = null) =>
        new VariableCoercion(schema, operation, limits ?? s_defaults).Of(variables);

    /// <summary>The values of the arguments of a field or directive; absent ones are absent.</summary>
    /// <param name="definitions">The arguments that there are.</param>
    /// <param name="given">The arguments as written.</param>
    /// <param name="variables">The operation's variables, as coerced.</param>
    /// <param name="errors">Where errors go; a refused argument is absent.</param>
    /// <param name="limits">Of these InputDepth and InputValues; null: the defaults.</param>
    public static IReadOnlyDictionary<string, object?> Arguments(
        IReadOnlyList<InputDefinition> definitions, IReadOnlyList<ArgumentNode> given, IReadOnlyDictionary<string, object?> variables,
        ICollection<GraphQLError> errors, GraphQLLimits? limits = null)
    {
        var values = new Dictionary<string, object?>(definitions.Count, StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (Argument(definition, given, variables, errors, out var value, limits))
                values.Add(definition.Name, value);
        }
        return values;
    }

    /// <summary>The value of one argument; false: it is absent, or refused with an error.</summary>
    public static bool Argument(
        InputDefinition definition, IReadOnlyList<ArgumentNode> given, IReadOnlyDictionary<string, object?> variables,
        ICollection<GraphQLError> errors, out object? value, GraphQLLimits? limits = null)
    {
        var coercion = new LiteralCoercion(variables, new InputErrors(errors, limits ?? s_defaults));
        return coercion.Argument(definition, given, out value);
    }
}

/// <summary>Variables with their values, or why there are none.</summary>
/// <param name="Values">By name; empty where there are errors.</param>
/// <param name="Errors">Codes BAD_USER_INPUT and LIMIT_EXCEEDED.</param>
public sealed record CoercedVariables(IReadOnlyDictionary<string, object?> Values, IReadOnlyList<GraphQLError> Errors);
