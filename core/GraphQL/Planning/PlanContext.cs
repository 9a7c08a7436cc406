using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Planning;

/// <summary>What grows while one operation is planned: parameters, aliases, cost, requirements, errors.</summary>
internal sealed class PlanContext
{
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<Slot, string> _parameters = [];
    private readonly List<Slot> _looked = [];
    private int _aliases;

    public PlanContext(Schema schema, Document document, IReadOnlyDictionary<string, object?> variables, GraphQLLimits limits)
    {
        (Schema, Document, Variables, Limits) = (schema, document, variables, limits);
        Selections = new(schema, document, variables, Errors);
        Rows = new(this);
        Lists = new(this);
        Filters = new(this);
        Statistics = new(this);
    }

    public Schema Schema { get; }

    public Document Document { get; }

    /// <summary>The coerced variables of the request that is planned: only their shape may be looked at.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; }

    public GraphQLLimits Limits { get; }

    public Selections Selections { get; }

    public RowSql Rows { get; }

    public ListSql Lists { get; }

    public FilterSql Filters { get; }

    public StatisticsSql Statistics { get; }

    /// <summary>The parameters so far, <c>$1</c> first.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>Values that are looked at, though the statement does not speak of them.</summary>
    public IReadOnlyList<Slot> Unspoken => [.. _looked.Where(s => !_parameters.ContainsKey(s))];

    public HashSet<string> Requirements { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the shape of the request.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>The list that is planned at the moment, or the operation.</summary>
    public Cost Cost { get; private set; } = new(Count: null);

    /// <summary>The next alias; they are counted through the statement.</summary>
    public string Alias() => $"t{_aliases++}";

    /// <summary>A parameter; the same value is the same parameter.</summary>
    public string Parameter(Slot slot)
    {
        if (!_parameters.TryGetValue(slot, out var name))
        {
            _slots.Add(slot);
            _parameters.Add(slot, name = $"${_slots.Count}");
        }
        return name;
    }

    /// <summary>Has a value looked at, whether it becomes a parameter or not.</summary>
    public void Look(Slot slot) => _looked.Add(slot);

    /// <summary>Notes what a field or member requires.</summary>
    public void Require(string? word)
    {
        if (word is not null)
            Requirements.Add(word);
    }

    /// <summary>Plans what each of so many rows has.</summary>
    public T ForEach<T>(CountSlot rows, Func<T> plan)
    {
        var outer = Cost;
        Cost = new(rows);
        outer.Within.Add(Cost);
        try
        {
            return plan();
        }
        finally
        {
            Cost = outer;
        }
    }

    /// <summary>The arguments that a field is given, or that stand for them.</summary>
    public IReadOnlyDictionary<string, Given> Arguments(Selected selected)
    {
        var given = new Dictionary<string, Given>(StringComparer.Ordinal);
        var node = selected.Nodes[0];
        foreach (var definition in selected.Field.Arguments)
        {
            if (Coercion.Argument(definition, node.Arguments, Variables, Errors, out var value, Limits))
                given.Add(definition.Name, Given.Of(value, node.Arguments.FirstOrDefault(a => a.Name.Value == definition.Name)?.Value, Variables, node.At));
        }
        return given;
    }
}
