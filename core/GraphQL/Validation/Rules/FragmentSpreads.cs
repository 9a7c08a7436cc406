using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>Fragments are spread where objects of their type can be (5.5.2.3).</summary>
internal sealed class FragmentSpreads(ValidationContext context) : Rule
{
    private const string Name = "PossibleFragmentSpreads";

    public override void InlineFragment(InlineFragmentNode fragment, NamedType? parent)
    {
        if (parent is not null && fragment.Condition is not null && context.Composite(fragment.Condition) is { } type && !Overlap(parent, type))
            context.Report(Name, $"What is {parent.Name} here is never {type.Name}.", fragment);
    }

    public override void Spread(FragmentSpreadNode spread, NamedType? parent)
    {
        if (parent is not null && context.Fragment(spread.Name.Value) is { } fragment && context.Composite(fragment.Condition) is { } type
            && !Overlap(parent, type))
        {
            context.Report(Name, $"What is {parent.Name} here is never {type.Name}, the type of fragment \"{spread.Name.Value}\".", spread);
        }
    }

    private static bool Overlap(NamedType one, NamedType other) => Objects(one).Intersect(Objects(other)).Any();

    private static IEnumerable<string> Objects(NamedType type) =>
        type is InterfaceType i ? i.Implementations.Select(o => o.Name) : [type.Name];
}
