using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>
/// Lists of introspection are not nested without end: such answers grow with the power of the depth. The reference
/// implementation allows two of its lists within each other.
/// </summary>
internal sealed class IntrospectionDepth(ValidationContext context) : Rule
{
    private const int TooDeep = 3;

    // How deep a fragment was entered at most without finding anything, or while it is looked at.
    private readonly Dictionary<string, int> _clean = [];

    public override void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
        if (field.Name.Value is not ("__schema" or "__type"))
            return;
        _clean.Clear();
        if (Exceeds(field, 0))
            context.Report("MaxIntrospectionDepth", $"Lists of types and fields are nested {TooDeep} deep here; {TooDeep - 1} are allowed.", field);
    }

    private bool Exceeds(SelectionNode selection, int depth)
    {
        switch (selection)
        {
            case FieldNode field:
                if (field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields")
                    depth++;
                return depth >= TooDeep || Any(field.Selections, depth);
            case InlineFragmentNode inline:
                return Any(inline.Selections, depth);
            case FragmentSpreadNode { Name.Value: var name }:
                if ((_clean.TryGetValue(name, out var clean) && clean >= depth) || context.Fragment(name) is not { } fragment)
                    return false;
                _clean[name] = depth;
                return Any(fragment.Selections, depth);
            default:
                return false;
        }
    }

    private bool Any(SelectionSetNode? selections, int depth) => selections?.Selections.Any(s => Exceeds(s, depth)) ?? false;
}
