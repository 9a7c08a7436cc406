using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>The enums of orders: one a table, two words a declared order.</summary>
internal static class OrderTypes
{
    /// <summary>The orders of a table.</summary>
    public static OrderSet Of(TableBuilder table)
    {
        if (table.Keys.Count == 0)
            throw new ArgumentException($"{table.Name} has no key.");
        var name = $"{table.Name}Order";
        var keys = table.Keys.Select(k => new OrderColumn(SqlText.Of(k.Column), k.Kind, false)).ToList();
        var words = new List<EnumMember>();
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        foreach (var (column, notNull) in table.Columns().Where(c => c.Column.OrderedThen is not null))
        {
            List<OrderColumn> columns = [Of(column, notNull), .. column.OrderedThen!.Select(n => Then(table, column, n))];
            columns.AddRange(keys.Where(k => columns.TrueForAll(c => c.Sql.Source != k.Sql.Source)));
            Add(column, columns, "ASC", false);
            Add(column, columns, "DESC", true);
        }
        var byKey = new Order($"{name}.KEY", false, keys);
        if (words.Count == 0)
            return new(name, null, orders, byKey);
        var initial = table.InitialOrder is null ? byKey
            : orders.GetValueOrDefault(table.InitialOrder) ?? throw new ArgumentException($"{table.Name} has no order {table.InitialOrder}.");
        return new(name, new EnumType(name, $"How lists of `{table.Name}` are ordered. What is equal is ordered by its key; what is null comes last.", words), orders, initial);

        void Add(ColumnBuilder column, List<OrderColumn> columns, string direction, bool descending)
        {
            var word = $"{Names.Constant(column.Name)}_{direction}";
            words.Add(new(word, $"By `{column.Name}`, {(descending ? "the greatest" : "the smallest")} first.", word, column.Deprecation));
            orders.Add(word, new($"{name}.{word}", descending, columns));
        }
    }

    private static OrderColumn Then(TableBuilder table, ColumnBuilder column, string name)
    {
        var (then, notNull) = table.Columns().FirstOrDefault(c => c.Column.Name == name);
        return then is null ? throw new ArgumentException($"{table.Name} has no column {name} to order by.")
            : notNull ? Of(then, notNull)
            : throw new ArgumentException($"{table.Name}.{column.Name} is ordered by {name} second, which may be null.");
    }

    private static OrderColumn Of(ColumnBuilder column, bool notNull) => column switch
    {
        { List: true } or { Type: ScalarType { Kind: ScalarKind.Json } } => throw new ArgumentException($"{column.Name} has no order."),
        { Type: ScalarType scalar } => new(column.Sql, scalar.Kind, !notNull),
        _ => new(column.Sql, ScalarKind.String, !notNull),
    };
}
