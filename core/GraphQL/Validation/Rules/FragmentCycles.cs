using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>No fragment leads back to itself (5.5.2.2).</summary>
internal sealed class FragmentCycles(ValidationContext context, Reach reach) : Rule
{
    private readonly HashSet<string> _visited = [];
    private readonly List<FragmentSpreadNode> _path = [];
    private readonly Dictionary<string, int> _begin = [];

    public override void Fragment(FragmentNode fragment) => Visit(fragment);

    // Each fragment is entered once, so the depth is the number of fragments at most, which the tokens of a document bound.
    private void Visit(FragmentNode fragment)
    {
        var name = fragment.Name.Value;
        if (!_visited.Add(name))
            return;
        _begin[name] = _path.Count;
        foreach (var spread in reach.SpreadsIn(fragment.Selections))
        {
            _path.Add(spread);
            if (_begin.TryGetValue(spread.Name.Value, out var from))
                Tell(spread, _path[from..]);
            else if (context.Fragment(spread.Name.Value) is { } next)
                Visit(next);
            _path.RemoveAt(_path.Count - 1);
        }
        _begin.Remove(name);
    }

    private void Tell(FragmentSpreadNode spread, List<FragmentSpreadNode> cycle)
    {
        const int shown = 5;
        var over = cycle.Count == 1 ? "" : $" over {string.Join(", ", cycle.SkipLast(1).Take(shown).Select(s => s.Name.Value))}";
        context.Report("NoFragmentCycles", $"Fragment \"{spread.Name.Value}\" leads back to itself{over}{(cycle.Count - 1 > shown ? " …" : "")}.", cycle);
    }
}
