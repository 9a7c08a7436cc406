using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>The input types of filters: one a table, one a type of column.</summary>
internal sealed class FilterTypes
{
    private readonly Dictionary<string, InputType> _comparisons = new(StringComparer.Ordinal);

    /// <summary>The filter of a table; null: nothing of it can be filtered by.</summary>
    public static InputType? Declare(TableBuilder table, TableSource source)
    {
        if (source is { IsNode: false } && table.Searches.Count == 0 && !Columns(table).Any() && !Relations(table).Any())
            return null;
        return new InputType($"{table.Name}Filter", $"Which objects of type `{table.Name}`: those that all given members hold for. Members that are null are as good as absent.");
    }

    /// <summary>Gives the filter of a table its members.</summary>
    public void Fill(TableBuilder table, TableSource source, Func<string, (TableBuilder Builder, TableSource Source)> find)
    {
        if (source.Filter is not { } filter)
            return;
        var members = new List<InputDefinition>();
        if (source.IsNode)
        {
            members.Add(new("id", "By `id`, as it is answered or bare.", Comparison(Scalars.Id, false).Nullable(), Source:
                new ColumnFilter(SqlText.Of(source.Keys[0].Column), Scalars.Id, true, source, null)));
        }
        members.AddRange(Columns(table).Select(c => Member(c.Column, c.NotNull)));
        foreach (var one in Relations(table))
        {
            var (other, target) = find(one.TypeName);
            if (one.On.Column is null)
                throw new ArgumentException($"{table.Name}.{one.Name} is related by a condition and cannot be filtered by.");
            var type = new InputType($"{table.Name}{Names.Upper(one.Name)}Filter", $"Which objects by their `{one.Name}`; none holds for objects without.")
            {
                Fields = [.. one.FilterFields.Select(name => Member(one, other, name))],
            };
            members.Add(new(one.Name, one.Description, type.Nullable(), Source: new RelationFilter(target, one.On, one.Requirement), Deprecation: one.Deprecation));
        }
        foreach (var search in table.Searches)
            members.Add(new(search.Name, search.Description, search.Type.Nullable(), Source: new ConditionFilter(Of(search)), Deprecation: search.Deprecation));
        members.Add(new("and", "All of these hold.", filter.ListOf(), Source: new CompositeFilter(Composition.And)));
        members.Add(new("or", "At least one of these holds; of none, none does.", filter.ListOf(), Source: new CompositeFilter(Composition.Or)));
        members.Add(new("not", "This does not hold.", filter.Nullable(), Source: new CompositeFilter(Composition.Not)));
        filter.Fields = members;
    }

    /// <summary>A declared condition as the planner knows it.</summary>
    public static SearchSource Of(SearchBuilder search) =>
        search.Condition.TakesValue
            ? new(search.Condition, search.Type, search.Requirement)
            : throw new ArgumentException($"The condition of {search.Name} has no {{value}}.");

    private static IEnumerable<(ColumnBuilder Column, bool NotNull)> Columns(RowBuilder row) => row.Columns().Where(c => c.Column.IsFiltered);

    private static IEnumerable<OneBuilder> Relations(TableBuilder table) => table.Members.OfType<OneBuilder>().Where(o => o.FilterFields.Count > 0);

    private InputDefinition Member(OneBuilder one, TableBuilder other, string name)
    {
        var (column, notNull) = Columns(other).FirstOrDefault(c => c.Column.Name == name);
        return column is null
            ? throw new ArgumentException($"{one.Name} filters by {other.Name}.{name}, which is no filtered column.")
            : Member(column, notNull);
    }

    private InputDefinition Member(ColumnBuilder column, bool notNull) =>
        column.List
            ? throw new ArgumentException($"{column.Name} is a list and cannot be filtered by its value; declare a search.")
            : new(column.Name, column.Description, Comparison(column.Type, column.HasPrefix).Nullable(), Source:
                new ColumnFilter(column.Sql, column.Type, notNull, null, column.Requirement), Deprecation: column.Deprecation);

    private InputType Comparison(NamedType type, bool prefix)
    {
        var name = prefix ? "PrefixFilter" : $"{Names.Upper(type.Name == "ID" ? "Id" : type.Name)}Filter";
        if (_comparisons.TryGetValue(name, out var known))
            return known;
        var comparison = new InputType(name, $"How a value of type `{type.Name}` compares. All given members hold; those that are null are as good as absent, but for `eq` and `ne`.");
        List<InputDefinition> members =
        [
            Compare("eq", "It is this value; null: there is none.", type.Nullable(), Operator.Eq),
            Compare("ne", "It is not this value, or there is none; null: there is one.", type.Nullable(), Operator.Ne),
        ];
        if (type is ScalarType { Kind: ScalarKind.Boolean })
        {
            // Two values need no lists.
        }
        else
        {
            members.Add(Compare("in", "It is one of these values.", type.ListOf(), Operator.In));
            members.Add(Compare("notIn", "It is none of these values, or there is none.", type.ListOf(), Operator.NotIn));
        }
        if (type is ScalarType { Kind: ScalarKind.Int or ScalarKind.Long or ScalarKind.Float or ScalarKind.Decimal or ScalarKind.DateTime or ScalarKind.Date })
        {
            members.Add(Compare("lt", "It is below this value.", type.Nullable(), Operator.Lt));
            members.Add(Compare("lte", "It is this value or below.", type.Nullable(), Operator.Lte));
            members.Add(Compare("gt", "It is above this value.", type.Nullable(), Operator.Gt));
            members.Add(Compare("gte", "It is this value or above.", type.Nullable(), Operator.Gte));
        }
        if (prefix)
            members.Add(Compare("prefix", "It begins with this text.", type.Nullable(), Operator.Prefix));
        members.Add(Compare("isNull", "True: there is no value. False: there is one.", Scalars.Boolean.Nullable(), Operator.IsNull));
        comparison.Fields = members;
        return _comparisons[name] = comparison;
    }

    private static InputDefinition Compare(string name, string description, TypeReference type, Operator op) =>
        new(name, description, type, Source: new OperatorSource(op));
}
