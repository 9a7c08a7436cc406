using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>
/// Types that are named are known; conditions are on types with fields, variables are of types for input
/// (5.5.1.2, 5.5.1.3, 5.8.2).
/// </summary>
internal sealed class TypeNames(ValidationContext context) : Rule
{
    public override void TypeName(NamedTypeNode name)
    {
        var written = name.Name.Value;
        if (!context.Schema.TryFind(written, out _))
            context.Report("KnownTypeNames", $"There is no type \"{written}\".{context.Suggest(written, context.Schema.Types.Keys)}", name);
    }

    public override void Fragment(FragmentNode fragment) => Condition(fragment.Condition);

    public override void InlineFragment(InlineFragmentNode fragment, NamedType? parent)
    {
        if (fragment.Condition is not null)
            Condition(fragment.Condition);
    }

    public override void Variable(VariableNode variable)
    {
        if (context.Schema.TryResolve(variable.Type, out var type) && !type.Named.IsInput())
        {
            context.Report(
                "VariablesAreInputTypes", $"Variable \"${variable.Variable.Name.Value}\" is of type {type}, which is none for input.", variable.Type);
        }
    }

    private void Condition(NamedTypeNode condition)
    {
        if (context.Schema.TryFind(condition.Name.Value, out var type) && !type.IsComposite())
            context.Report("FragmentsOnCompositeTypes", $"A fragment cannot be on {type.Name}, which has no fields.", condition);
    }
}
