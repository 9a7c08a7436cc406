using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Statistics: rows grouped and counted in one pass, with those figures alone that are selected.</summary>
internal sealed class StatisticsSql(PlanContext context)
{
    /// <summary>The groups that a field answers.</summary>
    public string Of(StatisticsSource source, Selected selected)
    {
        var arguments = context.Arguments(selected);
        var at = selected.Nodes[0].At;
        var table = source.Target;
        var read = new RowScope(context.Alias(), table);
        var by = Dimensions(source, arguments);
        var keys = by.Select(d => Key(d, read, arguments)).ToList();
        var figures = new Figures(read);
        var count = new CountSlot("first", Argument(arguments, "first")?.Source(context.Variables), source.DefaultCount, source.MaxCount, at);

        var type = (ObjectType)selected.Field.Type.Named;
        var body = context.ForEach(count, () => context.Rows.Object(type, selected.Sets, s => Part(s, read.Alias, by, figures)));

        var conditions = new List<string>();
        if (table.Condition is { } condition)
            conditions.Add($"({condition.Fill(read.Column)})");
        if (Argument(arguments, "filter") is { } filter)
            conditions.Add(context.Filters.Of(table, read, filter));
        var columns = keys.Select((k, i) => $"{k} as k{i}").Append("count(*) as n").Concat(figures.Columns);
        var group = keys.Count == 0 ? "" : $"\ngroup by {string.Join(", ", keys.Select((_, i) => $"{i + 1}"))}";
        var groups = $"select {string.Join(", ", columns)}\nfrom {table.From.Fill(read.Column)} {read.Alias}{SqlLayout.Where(conditions)}{group}" +
            $"{Order(arguments, keys, by)}\nlimit {context.Parameter(count)}";
        return SqlLayout.Subquery($"select coalesce(json_agg({body}), '[]')\nfrom {SqlLayout.Subquery(groups)} {read.Alias}");
    }

    private static List<Dimension> Dimensions(StatisticsSource source, IReadOnlyDictionary<string, Given> arguments) =>
        Argument(arguments, "groupBy") is { } given
            ? [.. ((IReadOnlyList<object?>)given.Value!).Select(w => ((EnumMember)w!).Name).Distinct().Select(w => source.Dimensions.First(d => d.Word == w))]
            : [];

    private string Key(Dimension dimension, RowScope read, IReadOnlyDictionary<string, Given> arguments)
    {
        context.Require(dimension.Requirement);
        var sql = read.Sql(dimension.Sql);
        return dimension switch
        {
            { Unit: "hour" } => $"date_trunc('hour', {sql}, {Zone(arguments)})", // stays in its hour where clocks repeat one
            { Unit: { } unit } => $"date_trunc('{unit}', {sql} at time zone {Zone(arguments)})::date",
            _ => sql,
        };
    }

    private string Zone(IReadOnlyDictionary<string, Given> arguments)
    {
        var zone = arguments["timeZone"];
        return context.Parameter(new ZoneSlot(zone.Source(context.Variables), zone.At));
    }

    private string Part(Selected selected, string alias, List<Dimension> by, Figures figures)
    {
        var source = (FieldSource)selected.Field.Source!;
        context.Require(source.Requirement);
        var type = selected.Field.Type.Named as ObjectType;
        return source switch
        {
            GroupCountSource => $"{alias}.n",
            GroupKeySource => context.Rows.Object(type!, selected.Sets, s => KeyPart(s, alias, by)),
            MetricSource metric => context.Rows.Object(type!, selected.Sets, s => figures.Of(metric, ((FigureSource)s.Field.Source!).Figure)),
            _ => throw new InvalidOperationException($"{selected.Field.Name} is no part of a group."),
        };
    }

    private string KeyPart(Selected selected, string alias, List<Dimension> by)
    {
        var source = (DimensionSource)selected.Field.Source!;
        context.Require(source.Requirement);
        context.Require(source.Dimension.Relation?.Target.Requirement);
        var index = by.IndexOf(source.Dimension);
        var value = $"{alias}.k{index}";
        return (index, source.Dimension) switch
        {
            ( < 0, _) => "null",
            (_, { Relation: { } relation }) => context.Rows.ByKey(relation.Target, value, selected.Sets),
            (_, { Type: var type }) => Leaf.Of(type!, value),
        };
    }

    // Texts are ordered alike on every server; grouped they are as they are, for of a text in another collation nothing is known
    // of how many there are, and the plan is a guess.
    private static string Order(IReadOnlyDictionary<string, Given> arguments, List<string> keys, List<Dimension> by)
    {
        if (keys.Count == 0)
            return "";
        var word = Argument(arguments, "orderBy") is { } given ? ((EnumMember)given.Value!).Name : StatisticsOrders.Type.Members[0].Name;
        var ordered = keys.Select((key, i) => IsText(by[i]) ? $"{key} collate \"C\"" : $"{i + 1}");
        var byKey = ordered.Select(key => word == "KEY_DESC" ? $"{key} desc nulls last" : key);
        var all = word switch
        {
            "COUNT_DESC" => byKey.Prepend("n desc"),
            "COUNT_ASC" => byKey.Prepend("n"),
            _ => byKey,
        };
        return $"\norder by {string.Join(", ", all)}";
    }

    private static bool IsText(Dimension dimension) =>
        dimension is { Unit: null, Type: EnumType or ScalarType { Kind: ScalarKind.String } };

    private static Given? Argument(IReadOnlyDictionary<string, Given> arguments, string name) =>
        arguments.GetValueOrDefault(name) is { IsNull: false } given ? given : null;
}
