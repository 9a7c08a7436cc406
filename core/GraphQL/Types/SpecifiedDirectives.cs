using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Types;

/// <summary>The directives that the language itself defines.</summary>
public static class SpecifiedDirectives
{
    private static readonly string[] s_selections = ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"];

    /// <summary>The reason of a deprecation that gives none.</summary>
    internal const string DefaultDeprecation = "No longer supported";

    /// <summary>Keeps a selection only if its argument is true.</summary>
    public static DirectiveDefinition Include { get; } = new(
        "include", "Keeps a field or fragment only if the argument is true.",
        [new("if", "Keep it.", Scalars.Boolean.Required())], s_selections);

    /// <summary>Leaves a selection out if its argument is true.</summary>
    public static DirectiveDefinition Skip { get; } = new(
        "skip", "Leaves a field or fragment out if the argument is true.",
        [new("if", "Leave it out.", Scalars.Boolean.Required())], s_selections);

    /// <summary>Marks what will go.</summary>
    public static DirectiveDefinition Deprecated { get; } = new(
        "deprecated", "Marks what should not be used any more.",
        [new("reason", "Why, and what to use in its place, in Markdown.", Scalars.String.Nullable(),
            new StringValue(default, DefaultDeprecation, false))],
        ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION", "ENUM_VALUE", "DIRECTIVE_DEFINITION"]);

    /// <summary>Tells where the form of a scalar is specified.</summary>
    public static DirectiveDefinition SpecifiedBy { get; } = new(
        "specifiedBy", "Tells where the form of a scalar is specified.",
        [new("url", "The address of the specification.", Scalars.String.Required())], ["SCALAR"]);

    /// <summary>Marks input objects of which exactly one member is given.</summary>
    public static DirectiveDefinition OneOf { get; } = new(
        "oneOf", "Marks an input object of which exactly one member is given, and never null.", [], ["INPUT_OBJECT"]);

    /// <summary>All, in the order that schemas list them.</summary>
    public static IReadOnlyList<DirectiveDefinition> All { get; } = [Include, Skip, Deprecated, SpecifiedBy, OneOf];

    /// <summary>Those that the language itself defines: a printed schema does not list them.</summary>
    internal static bool IsSpecified(string name) => All.Any(d => d.Name == name);
}
