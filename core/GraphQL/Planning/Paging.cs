using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Which part of an ordered list is wanted.</summary>
/// <param name="Order">The list's order.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Backward">Whether they are counted from the end.</param>
/// <param name="After">Where they begin; null: at the start.</param>
/// <param name="Before">Where they end; null: at the end.</param>
internal sealed record Paging(Order Order, CountSlot Count, bool Backward, CursorArgument? After, CursorArgument? Before)
{
    /// <summary>Reads the arguments of a list.</summary>
    public static Paging Of(PlanContext context, RowsSource rows, IReadOnlyDictionary<string, Given> arguments, Location at)
    {
        var order = Argument("orderBy") is { } word ? rows.Target.Orders.ByWord[((Types.EnumMember)word.Value!).Name] : rows.Target.Orders.Default;
        var (first, last) = (Argument("first"), Argument("last"));
        if (first is not null && last is not null)
            context.Errors.Add(new GraphQLError(ErrorCodes.BadUserInput, "`first` and `last` exclude each other.", [at]));
        var count = new CountSlot(
            last is null ? "first" : "last", (last ?? first)?.Source(context.Variables), rows.DefaultCount, rows.MaxCount, at);
        context.Look(count);
        return new(order, count, last is not null, Cursor("after"), Cursor("before"));

        Given? Argument(string name) => arguments.GetValueOrDefault(name) is { IsNull: false } given ? given : null;

        CursorArgument? Cursor(string name)
        {
            if (Argument(name) is not { } given)
                return null;
            var cursor = new CursorArgument(name, given.Source(context.Variables), order, at);
            context.Look(new CursorSlot(cursor, 0));
            return cursor;
        }
    }
}
