using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Validation;

/// <summary>Which fragments selections lead to.</summary>
internal sealed class Reach(ValidationContext context)
{
    private readonly Dictionary<SelectionSetNode, List<FragmentSpreadNode>> _spreads = new(ReferenceEqualityComparer.Instance);

    /// <summary>All spreads within selections, at any depth, but not those of the fragments that are spread.</summary>
    public IReadOnlyList<FragmentSpreadNode> SpreadsIn(SelectionSetNode selections)
    {
        if (_spreads.TryGetValue(selections, out var found))
            return found;
        found = [];
        var open = new Stack<SelectionSetNode>([selections]);
        while (open.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                if (selection is FragmentSpreadNode spread)
                    found.Add(spread);
                else if (Inner(selection) is { } inner)
                    open.Push(inner);
            }
        }
        _spreads.Add(selections, found);
        return found;
    }

    /// <summary>The known fragments that operations lead to, over however many others, each once.</summary>
    public IReadOnlyList<FragmentNode> From(params IEnumerable<OperationNode> operations)
    {
        var names = new HashSet<string>();
        var open = new Queue<SelectionSetNode>(operations.Select(o => o.Selections));
        var reached = new List<FragmentNode>();
        while (open.TryDequeue(out var next))
        {
            foreach (var spread in SpreadsIn(next))
            {
                if (names.Add(spread.Name.Value) && context.Fragment(spread.Name.Value) is { } fragment)
                {
                    reached.Add(fragment);
                    open.Enqueue(fragment.Selections);
                }
            }
        }
        return reached;
    }

    private static SelectionSetNode? Inner(SelectionNode selection) => selection switch
    {
        FieldNode field => field.Selections,
        InlineFragmentNode fragment => fragment.Selections,
        _ => null,
    };
}
