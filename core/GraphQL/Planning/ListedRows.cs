namespace QualityIngest.GraphQL.Planning;

/// <summary>The rows of one list in a statement, read once, and looked at by as many parts of the response as there are.</summary>
/// <param name="context">Where parameters go.</param>
/// <param name="read">The rows as they are read.</param>
/// <param name="paging">Which part of them.</param>
/// <param name="from">Where they are read from, under the alias.</param>
/// <param name="conditions">Which rows there are.</param>
internal sealed class ListedRows(PlanContext context, RowScope read, Paging paging, string from, IReadOnlyList<string> conditions)
{
    private readonly string _shared = $"p{read.Alias[1..]}";

    /// <summary>Which part of the rows is wanted.</summary>
    public Paging Paging => paging;

    /// <summary>The rows as they are answered. What speaks of a column comes before what reads the rows.</summary>
    public RowScope Answered { get; } = new(read.Alias, read.Table);

    /// <summary>The rows, in the list's order, where one part looks at them.</summary>
    public string Once()
    {
        var order = paging.Backward ? OrderSql.OrderBy(paging.Order, Answered, backward: false) : "";
        var rows = SqlLayout.Subquery(Page(oneMore: false));
        return paging.Backward
            ? $"{SqlLayout.Subquery($"select *\nfrom {rows} {read.Alias}\n{order}")} {read.Alias}"
            : $"{rows} {read.Alias}";
    }

    /// <summary>The rows under a name of their own, where several parts look at them.</summary>
    public string Shared(bool oneMore) => $"{_shared} as materialized {SqlLayout.Subquery(Page(oneMore))}";

    /// <summary>The rows that have a name, in the list's order, without the one more.</summary>
    public string Again() => paging.Backward
        ? $"(select * from {Cut()} {read.Alias} {OrderSql.OrderBy(paging.Order, Answered, backward: false)}) {read.Alias}"
        : $"{Cut()} {read.Alias}";

    /// <summary>Whether there was one more.</summary>
    public string HasMore() => $"(select count(*) > {Count} from {_shared})";

    /// <summary>The cursor of the first or last row; null: there is none.</summary>
    public string Outermost(bool last) =>
        $"(select {CursorText.Sql(paging.Order, Answered)} from {Cut()} {read.Alias} {OrderSql.OrderBy(paging.Order, Answered, backward: last)} limit 1)";

    /// <summary>How many rows there are on all pages.</summary>
    public string Counted() => SqlLayout.Subquery($"select count(*)\n{from}{SqlLayout.Where(conditions)}");

    private string Count => context.Parameter(paging.Count);

    private string Page(bool oneMore) => OrderSql.Page(context, read, paging, $"select {Answered.SelectList()}\n{from}", conditions, oneMore);

    // What is read is in order, forwards or backwards, so that the one more is the last of it.
    private string Cut() => $"(select * from {_shared} limit {Count})";
}
