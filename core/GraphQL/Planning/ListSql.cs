using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Lists of rows, plain or in pages. Rows are cut first, and only of what is left are objects made.</summary>
internal sealed class ListSql(PlanContext context)
{
    /// <summary>A list that belongs to a row, or, without one, to the query.</summary>
    public string Of(RowScope? parent, ManySource source, Selected selected)
    {
        var arguments = context.Arguments(selected);
        var table = source.Rows.Target;
        var read = new RowScope(context.Alias(), table);
        var rows = new ListedRows(
            context, read, Paging.Of(context, source.Rows, arguments, selected.Nodes[0].At),
            $"from {(source.Rows.From ?? table.From).Fill(read.Column, parent is null ? null : parent.Column)} {read.Alias}",
            [.. Conditions(parent, source.Rows, read, arguments)]);
        return context.ForEach(rows.Paging.Count, () => source.Paged ? Connection(rows, selected) : Plain(rows, selected));
    }

    private string Plain(ListedRows rows, Selected selected)
    {
        var items = Aggregate(context.Rows.Object(rows.Answered, selected.Sets));
        return SqlLayout.Subquery($"select {items}\nfrom {rows.Once()}");
    }

    private string Connection(ListedRows rows, Selected selected)
    {
        var type = (ObjectType)selected.Field.Type.Named;
        var parts = context.Selections.Of(type, selected.Sets).Where(p => p.Field.Source is PageSource).ToList();
        var lists = parts.Count(p => Part(p) is PagePart.Edges or PagePart.Nodes);
        var places = parts.Where(p => Part(p) == PagePart.PageInfo)
            .SelectMany(p => context.Selections.Of((ObjectType)p.Field.Type.Named, p.Sets)).Where(p => p.Field.Source is PageSource).Select(Part).ToHashSet();
        var oneMore = places.Contains(rows.Paging.Backward ? PagePart.HasPreviousPage : PagePart.HasNextPage);
        var shared = oneMore || lists > 1 || places.Contains(PagePart.StartCursor) || places.Contains(PagePart.EndCursor);

        var body = context.Rows.Object(type, selected.Sets, part => Part(part) switch
        {
            PagePart.Edges => Items(Edge(rows, part)),
            PagePart.Nodes => Items(context.Rows.Object(rows.Answered, part.Sets)),
            PagePart.PageInfo => context.Rows.Object((ObjectType)part.Field.Type.Named, part.Sets, place => Place(rows, Part(place))),
            _ => rows.Counted(),
        });
        if (shared)
            return SqlLayout.Subquery($"with {rows.Shared(oneMore)}\nselect {body}");
        return lists == 0 ? body : SqlLayout.Subquery($"select {body}\nfrom {rows.Once()}");

        string Items(string item) => shared ? SqlLayout.Subquery($"select {Aggregate(item)}\nfrom {rows.Again()}") : Aggregate(item);
    }

    private string Edge(ListedRows rows, Selected edges) =>
        context.Rows.Object((ObjectType)edges.Field.Type.Named, edges.Sets, part => Part(part) == PagePart.Cursor
            ? CursorText.Sql(rows.Paging.Order, rows.Answered)
            : context.Rows.Object(rows.Answered, part.Sets));

    private static string Place(ListedRows rows, PagePart part) => part switch
    {
        PagePart.HasNextPage => rows.Paging.Backward ? Literal(rows.Paging.Before is not null) : rows.HasMore(),
        PagePart.HasPreviousPage => rows.Paging.Backward ? rows.HasMore() : Literal(rows.Paging.After is not null),
        PagePart.StartCursor => rows.Outermost(last: false),
        _ => rows.Outermost(last: true),
    };

    private IEnumerable<string> Conditions(RowScope? parent, RowsSource rows, RowScope read, IReadOnlyDictionary<string, Given> arguments)
    {
        if (rows.On is { } on)
            yield return on.Column is { } column ? $"{read.Column(column)} = {parent!.Key}" : $"({on.Fill(read.Column, parent!.Column)})";
        if (rows.Target.Condition is { } condition && rows.From is null)
            yield return $"({condition.Fill(read.Column)})";
        foreach (var (name, search) in rows.Conditions)
        {
            if (arguments.GetValueOrDefault(name) is { IsNull: false } value)
                yield return context.Filters.Condition(search, read, value);
        }
        if (arguments.GetValueOrDefault("filter") is { IsNull: false } filter)
            yield return context.Filters.Of(rows.Target, read, filter);
    }

    private static string Aggregate(string item) => $"coalesce(json_agg({item}), '[]')";

    private static string Literal(bool yes) => yes ? "true" : "false";

    private static PagePart Part(Selected selected) => ((PageSource)selected.Field.Source!).Part;
}
