using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>Gathers the fields that selections come to when fragments are spread, and counts the work.</summary>
internal sealed class FieldCollector(ValidationContext context)
{
    private readonly Dictionary<SelectionSetNode, (List<SelectedField> Fields, List<string> Spreads)> _flat = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<FragmentNode> _spread = new(ReferenceEqualityComparer.Instance);
    private int _fields;

    /// <summary>Fields and spreads gathered so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the fragment was spread in any selections that were gathered.</summary>
    public bool HasSpread(FragmentNode fragment) => _spread.Contains(fragment);

    /// <summary>The fields of selections, each fragment spread once.</summary>
    public List<SelectedField> Collect(SelectionSetNode selections, NamedType? parent) => Spread([Flat(selections, parent)]);

    /// <summary>The fields below all of the fields together.</summary>
    public List<SelectedField> Merge(List<SelectedField> fields) =>
        Spread(from field in fields
               where field.Node.Selections is not null
               select Flat(field.Node.Selections!, field.Definition?.Type.Named));

    private List<SelectedField> Spread(IEnumerable<(List<SelectedField> Fields, List<string> Spreads)> sets)
    {
        var fields = new List<SelectedField>();
        var spread = new HashSet<string>();
        var open = new Queue<(List<SelectedField> Fields, List<string> Spreads)>(sets);
        while (open.TryDequeue(out var set))
        {
            Steps += 1 + set.Fields.Count + set.Spreads.Count;
            fields.AddRange(set.Fields);
            foreach (var name in set.Spreads)
            {
                if (spread.Add(name) && context.Fragment(name) is { } fragment)
                {
                    _spread.Add(fragment);
                    open.Enqueue(Flat(fragment.Selections, context.Composite(fragment.Condition)));
                }
            }
        }
        return fields;
    }

    // A set of selections is always met under the same type: that of its field or condition.
    private (List<SelectedField> Fields, List<string> Spreads) Flat(SelectionSetNode selections, NamedType? parent)
    {
        if (_flat.TryGetValue(selections, out var known))
            return known;
        var flat = (Fields: new List<SelectedField>(), Spreads: new List<string>());
        Flatten(selections, parent, flat.Fields, flat.Spreads);
        _flat.Add(selections, flat);
        return flat;
    }

    private void Flatten(SelectionSetNode selections, NamedType? parent, List<SelectedField> fields, List<string> spreads)
    {
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    fields.Add(new(_fields++, field, parent, parent.FieldsOf().FirstOrDefault(f => f.Name == field.Name.Value)));
                    break;
                case FragmentSpreadNode spread:
                    spreads.Add(spread.Name.Value);
                    break;
                case InlineFragmentNode inline:
                    Flatten(inline.Selections, inline.Condition is null ? parent : context.Composite(inline.Condition), fields, spreads);
                    break;
            }
        }
    }
}
