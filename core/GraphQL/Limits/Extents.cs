using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Limits;

/// <summary>How deep fields lie.</summary>
/// <param name="Depth">Fields within fields; 0: there is none.</param>
/// <param name="At">Where a deepest one stands.</param>
internal readonly record struct Reach(int Depth, Location At)
{
    public Reach Or(Reach other) => other.Depth > Depth ? other : this;

    /// <summary>The same from one field further out; nothing stays nothing.</summary>
    public Reach Below() => Depth == 0 ? this : this with { Depth = Depth + 1 };
}

/// <summary>How large a selection is once its fragments are spread.</summary>
/// <param name="Data">How deep its fields lie that are not of the introspection.</param>
/// <param name="Introspection">How deep those lie that are: <c>__schema</c>, <c>__type</c> and everything below them.</param>
/// <param name="Nodes">Its fields, and all below them; <see cref="Extents.Most"/> stands for everything above.</param>
internal readonly record struct Extent(Reach Data, Reach Introspection, long Nodes);

/// <summary>The extents of a document's selections. A fragment is measured once, however often it is spread.</summary>
internal sealed class Extents(Document document)
{
    /// <summary>Where counting ends: some forty fragments that spread the next one twice are beyond every number.</summary>
    public const long Most = 1_000_000_000_000;

    private readonly Dictionary<string, FragmentNode> _fragments = FragmentsByName.Of(document);
    private readonly Dictionary<string, Extent> _measured = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Whether a fragment that was measured spreads itself, straight or through others.</summary>
    public bool Circular { get; private set; }

    public Extent Of(SelectionSetNode selections)
    {
        var whole = default(Extent);
        foreach (var selection in selections.Selections)
        {
            var part = selection switch
            {
                FieldNode field => Of(field),
                InlineFragmentNode inline => Of(inline.Selections),
                FragmentSpreadNode spread => Of(spread.Name.Value),
                _ => default,
            };
            whole = new(whole.Data.Or(part.Data), whole.Introspection.Or(part.Introspection), Math.Min(Most, whole.Nodes + part.Nodes));
        }
        return whole;
    }

    private Extent Of(FieldNode field)
    {
        var below = field.Selections is { } selections ? Of(selections) : default;
        var self = new Reach(1, field.At);
        var nodes = Math.Min(Most, below.Nodes + 1);
        return field.Name.Value is "__schema" or "__type"
            ? new(default, self.Or(below.Data.Or(below.Introspection).Below()), nodes)
            : new(self.Or(below.Data.Below()), below.Introspection.Below(), nodes);
    }

    // A fragment counts as nothing within itself: what spreads itself is refused by validation.
    private Extent Of(string name)
    {
        if (_measured.TryGetValue(name, out var measured) || !_fragments.TryGetValue(name, out var fragment))
            return measured;
        if (!_open.Add(name))
        {
            Circular = true;
            return default;
        }
        measured = Of(fragment.Selections);
        _open.Remove(name);
        return _measured[name] = measured;
    }
}
