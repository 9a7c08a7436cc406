using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.GraphQL.Planning;

/// <summary>
/// Orders, and the part of an order after or before a cursor, in a form that reaches an index: comparisons of rows, and, where the
/// leading column may be null, one query for the rows with a value and one for those without, the latter being last.
/// </summary>
internal static class OrderSql
{
    /// <summary>The clause for rows that were read: nulls last, or first from the end.</summary>
    public static string OrderBy(Order order, RowScope row, bool backward)
    {
        var direction = order.Descending != backward ? " desc" : "";
        var nulls = order.Columns[0].Nullable ? (backward ? " nulls first" : " nulls last") : "";
        return "order by " + string.Join(", ", order.Columns.Select((c, i) => $"{row.Sql(c.Sql)}{direction}{(i == 0 ? nulls : "")}"));
    }

    /// <summary>
    /// The rows of a page, in its direction: one more than asked for where it matters whether more follows.
    /// </summary>
    /// <param name="context">Where parameters go.</param>
    /// <param name="row">The rows' alias.</param>
    /// <param name="paging">Which part.</param>
    /// <param name="selectFrom">The select list and the from clause.</param>
    /// <param name="conditions">Which rows there are.</param>
    /// <param name="oneMore">Whether one more is read.</param>
    public static string Page(PlanContext context, RowScope row, Paging paging, string selectFrom, IReadOnlyList<string> conditions, bool oneMore)
    {
        var limit = $"limit {context.Parameter(paging.Count)}{(oneMore ? " + 1" : "")}";
        if (!paging.Order.Columns[0].Nullable)
            return Part(paging.Order.Columns, [.. conditions, .. Bounds(context, row, paging)]);

        var lead = row.Sql(paging.Order.Columns[0].Sql);
        var valued = Part(paging.Order.Columns, [.. conditions, $"{lead} is not null", .. Bounds(context, row, paging, nulls: false)]);
        var valueless = Part([.. paging.Order.Columns.Skip(1)], [.. conditions, $"{lead} is null", .. Bounds(context, row, paging, nulls: true)]);
        var (one, other) = paging.Backward ? (valueless, valued) : (valued, valueless);
        return $"{SqlLayout.Subquery(one)}\nunion all\n{SqlLayout.Subquery(other)}\n{limit}";

        // Within each part the order is an index's own, forwards or backwards: no clause about nulls, which none would match.
        string Part(IReadOnlyList<OrderColumn> columns, IReadOnlyList<string> all)
        {
            var direction = paging.Order.Descending != paging.Backward ? " desc" : "";
            var by = string.Join(", ", columns.Select(c => row.Sql(c.Sql) + direction));
            return $"{selectFrom}{SqlLayout.Where(all)}\norder by {by}\n{limit}";
        }
    }

    private static IEnumerable<string> Bounds(PlanContext context, RowScope row, Paging paging, bool? nulls = null)
    {
        if (paging.After is { } after)
            yield return Bound(context, row, after, later: true, nulls);
        if (paging.Before is { } before)
            yield return Bound(context, row, before, later: false, nulls);
    }

    // Plans are made for the values at hand, so what a cursor's null decides is decided before any row is read.
    private static string Bound(PlanContext context, RowScope row, CursorArgument cursor, bool later, bool? nulls)
    {
        var operation = later != cursor.Order.Descending ? ">" : "<";
        var values = Enumerable.Range(0, cursor.Order.Columns.Count).Select(i => context.Parameter(new CursorSlot(cursor, i))).ToList();
        var columns = cursor.Order.Columns.Select(c => row.Sql(c.Sql)).ToList();
        return nulls switch
        {
            null => Compare(columns, operation, values),
            false when later => Compare(columns, operation, values), // nothing is beyond null: it is last
            false => $"({values[0]} is null or {Compare(columns, operation, values)})",
            true when later => $"({values[0]} is not null or {Compare(columns[1..], operation, values[1..])})",
            true => $"({values[0]} is null and {Compare(columns[1..], operation, values[1..])})",
        };
    }

    private static string Compare(List<string> columns, string operation, List<string> values) =>
        columns.Count == 1
            ? $"{columns[0]} {operation} {values[0]}"
            : $"({string.Join(", ", columns)}) {operation} ({string.Join(", ", values)})";
}
