using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>One comparison of a column with a value that is not null.</summary>
internal static class Comparison
{
    /// <summary>The comparison, or its opposite.</summary>
    public static string Of(PlanContext context, ColumnFilter column, RowScope row, Operator operation, Given given, bool negated)
    {
        var sql = row.Sql(column.Sql);
        switch (operation)
        {
            case Operator.IsNull:
                return given.Value is true != negated ? $"{sql} is null" : $"{sql} is not null";
            case Operator.Prefix:
                var text = given.Source(context.Variables);
                var (from, to) = (context.Parameter(new ValueSlot(ScalarKind.String, false, text)), context.Parameter(new PrefixEndSlot(text)));
                var range = $"({sql} >= {from} and ({to} is null or {sql} < {to}))";
                return negated ? OrNull($"not {range}") : range;
            default:
                var list = operation is Operator.In or Operator.NotIn;
                var value = context.Parameter(Slot(context, column, given, list));
                var compared = $"{sql} {Symbol(operation, negated)} {(list ? (operation == Operator.In) != negated ? $"any ({value})" : $"all ({value})" : value)}";
                // What is not this value may be none; so may what is not below it.
                return negated != (operation is Operator.Ne or Operator.NotIn) ? OrNull(compared) : compared;
        }

        string OrNull(string condition) => column.NotNull ? condition : $"({condition} or {sql} is null)";
    }

    private static Slot Slot(PlanContext context, ColumnFilter column, Given given, bool list)
    {
        var source = given.Source(context.Variables);
        return column.Table is { } table ? new KeySlot(table, list, source, given.At) : new ValueSlot(SqlTypes.KindOf(column.Type), list, source);
    }

    private static string Symbol(Operator operation, bool negated) => (operation, negated) switch
    {
        (Operator.Eq or Operator.In, false) or (Operator.Ne or Operator.NotIn, true) => "=",
        (Operator.Eq or Operator.In, true) or (Operator.Ne or Operator.NotIn, false) => "<>",
        (Operator.Lt, false) or (Operator.Gte, true) => "<",
        (Operator.Lte, false) or (Operator.Gt, true) => "<=",
        (Operator.Gt, false) or (Operator.Lte, true) => ">",
        (Operator.Gte, false) or (Operator.Lt, true) => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "It has no symbol."),
    };
}
