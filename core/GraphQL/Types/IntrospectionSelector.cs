using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Types;

/// <summary>Makes selections of introspection from a valid document's fields.</summary>
internal sealed class IntrospectionSelector(
    Schema schema, Document document, IReadOnlyDictionary<string, object?> variables, ICollection<GraphQLError> errors)
{
    private readonly Dictionary<string, FragmentNode> _fragments = document.Fragments.ToDictionary(f => f.Name.Value);

    /// <summary>The selection of fields that share a key.</summary>
    public IntrospectionSelection Select(NamedType parent, IReadOnlyList<FieldNode> fields)
    {
        var first = fields[0];
        var field = Introspection.Find(schema, parent, first.Name.Value)
            ?? throw new InvalidOperationException($"{parent.Name} has no field {first.Name.Value}: the document is not valid.");
        var arguments = Coercion.Arguments(field.Arguments, first.Arguments, variables, errors);
        var keys = new OrderedDictionary<string, List<FieldNode>>();
        var spread = new HashSet<string>();
        foreach (var node in fields)
            Collect(node.Selections, field.Type.Named, keys, spread);
        return new(first.ResponseKey, parent, field, arguments, [.. keys.Values.Select(k => Select(field.Type.Named, k))]);
    }

    private void Collect(SelectionSetNode? selections, NamedType type, OrderedDictionary<string, List<FieldNode>> keys, HashSet<string> spread)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (!Conditions.Hold(selection.Directives, variables, errors))
                continue;
            switch (selection)
            {
                case FieldNode field:
                    if (!keys.TryGetValue(field.ResponseKey, out var same))
                        keys.Add(field.ResponseKey, same = []);
                    same.Add(field);
                    break;
                case InlineFragmentNode fragment when fragment.Condition is null || fragment.Condition.Name.Value == type.Name:
                    Collect(fragment.Selections, type, keys, spread);
                    break;
                case FragmentSpreadNode named when spread.Add(named.Name.Value):
                    var definition = _fragments[named.Name.Value];
                    if (definition.Condition.Name.Value == type.Name)
                        Collect(definition.Selections, type, keys, spread);
                    break;
            }
        }
    }
}
