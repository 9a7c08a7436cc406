using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Planning;

/// <summary>One key of an object of the response, and everything that is selected under it.</summary>
/// <param name="Key">The response key.</param>
/// <param name="Field">The field.</param>
/// <param name="Nodes">Where the document asks for it; all are alike but for what they select of it.</param>
internal sealed record Selected(string Key, FieldDefinition Field, IReadOnlyList<FieldNode> Nodes)
{
    /// <summary>What is selected of the field's value.</summary>
    public IEnumerable<SelectionSetNode> Sets => Nodes.Select(n => n.Selections).OfType<SelectionSetNode>();
}

/// <summary>
/// What is selected of an object of a known type, as the specification collects fields: fragments that do not apply and what is
/// skipped are gone, what has the same key is one, in the order of first mention.
/// </summary>
internal sealed class Selections(Schema schema, Document document, IReadOnlyDictionary<string, object?> variables, List<GraphQLError> errors)
{
    private readonly Dictionary<string, FragmentNode> _fragments = document.Fragments.ToDictionary(f => f.Name.Value, StringComparer.Ordinal);
    private readonly HashSet<SelectionNode> _refused = new(ReferenceEqualityComparer.Instance);

    /// <summary>The selected keys.</summary>
    public IReadOnlyList<Selected> Of(ObjectType type, IEnumerable<SelectionSetNode> sets)
    {
        var found = new OrderedDictionary<string, List<FieldNode>>(StringComparer.Ordinal);
        var spread = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in sets)
            Collect(type, set, found, spread);
        return [.. found.Select(f => new Selected(f.Key, Introspection.Find(schema, type, f.Value[0].Name.Value)!, f.Value))];
    }

    private void Collect(ObjectType type, SelectionSetNode set, OrderedDictionary<string, List<FieldNode>> found, HashSet<string> spread)
    {
        foreach (var selection in set.Selections.Where(IsKept))
        {
            switch (selection)
            {
                case FieldNode field:
                    if (found.TryGetValue(field.ResponseKey, out var same))
                        same.Add(field);
                    else
                        found.Add(field.ResponseKey, [field]);
                    break;
                case InlineFragmentNode inline when inline.Condition is null || Applies(type, inline.Condition):
                    Collect(type, inline.Selections, found, spread);
                    break;
                case FragmentSpreadNode { Name.Value: var name } when spread.Add(name) && Applies(type, _fragments[name].Condition):
                    Collect(type, _fragments[name].Selections, found, spread);
                    break;
            }
        }
    }

    // What is selected is looked at several times; what is wrong with it is said once.
    private bool IsKept(SelectionNode selection)
    {
        if (selection.Directives.Count == 0)
            return true;
        var found = new List<GraphQLError>();
        var kept = Conditions.Hold(selection.Directives, variables, found);
        if (found.Count > 0 && _refused.Add(selection))
            errors.AddRange(found);
        return kept;
    }

    private static bool Applies(ObjectType type, NamedTypeNode condition) =>
        condition.Name.Value == type.Name || type.Interfaces.Any(i => i.Name == condition.Name.Value);
}
