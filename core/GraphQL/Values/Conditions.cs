using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Values;

/// <summary>Whether a selection is wanted, by <c>@skip</c> and <c>@include</c>.</summary>
public static class Conditions
{
    /// <summary>Whether the directives, of a valid document, keep what they stand at.</summary>
    /// <param name="directives">All that stand there.</param>
    /// <param name="variables">The operation's variables, as coerced.</param>
    /// <param name="errors">Where a variable that is null goes, though a boolean is required.</param>
    public static bool Hold(
        IReadOnlyList<DirectiveNode> directives, IReadOnlyDictionary<string, object?> variables, ICollection<GraphQLError> errors) =>
        directives.Count == 0
        || (Decides(SpecifiedDirectives.Skip, directives, variables, errors) is not true
            && Decides(SpecifiedDirectives.Include, directives, variables, errors) is not false);

    private static bool? Decides(
        DirectiveDefinition directive, IReadOnlyList<DirectiveNode> directives, IReadOnlyDictionary<string, object?> variables,
        ICollection<GraphQLError> errors)
    {
        var node = directives.FirstOrDefault(d => d.Name.Value == directive.Name);
        return node is not null && Coercion.Argument(directive.Arguments[0], node.Arguments, variables, errors, out var value)
            ? (bool?)value
            : null;
    }
}
