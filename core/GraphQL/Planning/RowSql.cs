using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Rows as objects of the response: their keys in the order of selection.</summary>
internal sealed class RowSql(PlanContext context)
{
    /// <summary>An object; every key's value by a function of it.</summary>
    public string Object(ObjectType type, IEnumerable<SelectionSetNode> sets, Func<Selected, string> value) =>
        SqlLayout.Call("json_build_object", [.. context.Selections.Of(type, sets).Select(s =>
            $"'{s.Key}', {(s.Field.Name == "__typename" ? $"'{type.Name}'" : value(s))}")]);

    /// <summary>A row as an object.</summary>
    public string Object(RowScope row, IEnumerable<SelectionSetNode> sets) => Object(row.Table.Type, sets, s => Field(row, s));

    private string Field(RowScope row, Selected selected)
    {
        var source = (FieldSource)selected.Field.Source!;
        context.Require(source.Requirement);
        return source switch
        {
            LeafSource { List: true } leaf => Leaf.ListOf(leaf.Type, row.Sql(leaf.Sql)),
            LeafSource leaf => Leaf.Of(leaf.Type, row.Sql(leaf.Sql)),
            IdSource id => GlobalId.Sql(id.Table, row),
            PartSource part => Part(row, part, selected),
            OneSource one => One(row, one, selected.Sets),
            ManySource many => context.Lists.Of(row, many, selected),
            _ => throw new InvalidOperationException($"{selected.Field.Name} is no field of a row."),
        };
    }

    private string Part(RowScope row, PartSource part, Selected selected)
    {
        var body = Object((ObjectType)selected.Field.Type.Named, selected.Sets, s => Field(row, s));
        return part.NullWhen is null ? body : $"case when not ({row.Sql(part.NullWhen)}) then {body} end";
    }

    private string One(RowScope row, OneSource one, IEnumerable<SelectionSetNode> sets)
    {
        context.Require(one.Target.Requirement);
        if (one.On.Column is { } column)
            return ByKey(one.Target, row.Column(column), sets);
        var other = new RowScope(context.Alias(), one.Target);
        return Single(other, one.On.Fill(other.Column, row.Column), sets, "\nlimit 1"); // a condition may hold for several
    }

    /// <summary>The row of a key.</summary>
    public string ByKey(TableSource table, string key, IEnumerable<SelectionSetNode> sets)
    {
        var row = new RowScope(context.Alias(), table);
        return Single(row, $"{row.Key} = {key}", sets, "");
    }

    private string Single(RowScope row, string on, IEnumerable<SelectionSetNode> sets, string limit)
    {
        var body = Object(row, sets);
        return SqlLayout.Subquery($"select {body}\nfrom {row.Table.From.Fill(row.Column)} {row.Alias}{SqlLayout.Where(Conditions(row, on))}{limit}");
    }

    private static IEnumerable<string> Conditions(RowScope row, string on) =>
        row.Table.Condition is null ? [on] : [on, $"({row.Table.Condition.Fill(row.Column)})"];
}
