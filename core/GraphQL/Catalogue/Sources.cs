using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>What the planner makes of a field.</summary>
/// <param name="Requirement">A word that an operation with the field requires.</param>
internal abstract record FieldSource(string? Requirement = null);

/// <summary>A value of the row.</summary>
internal sealed record LeafSource(SqlText Sql, NamedType Type, bool List, string? Requirement) : FieldSource(Requirement);

/// <summary>The row's id among all types.</summary>
internal sealed record IdSource(TableSource Table) : FieldSource;

/// <summary>An object of some of the row's own columns.</summary>
internal sealed record PartSource(SqlText? NullWhen) : FieldSource;

/// <summary>One row of another table.</summary>
internal sealed record OneSource(TableSource Target, SqlText On, string? Requirement) : FieldSource(Requirement);

/// <summary>Rows as a plain list, or in pages.</summary>
internal sealed record ManySource(RowsSource Rows, bool Paged, string? Requirement) : FieldSource(Requirement);

/// <summary>One row by its id.</summary>
internal sealed record RootOneSource(TableSource Target) : FieldSource;

/// <summary>One row of any type by its id.</summary>
internal sealed record NodeSource(IReadOnlyList<TableSource> Targets) : FieldSource;

/// <summary>Figures over rows.</summary>
internal sealed record StatisticsSource(TableSource Target, int DefaultCount, int MaxCount, IReadOnlyList<Dimension> Dimensions, string? Requirement) : FieldSource(Requirement);

/// <summary>A part of a page that every page has.</summary>
internal sealed record PageSource(PagePart Part) : FieldSource;

/// <summary>The parts of pages.</summary>
internal enum PagePart
{
    Edges,
    Nodes,
    PageInfo,
    TotalCount,
    Node,
    Cursor,
    HasNextPage,
    HasPreviousPage,
    StartCursor,
    EndCursor,
}

/// <summary>The key of a group of statistics.</summary>
internal sealed record GroupKeySource : FieldSource;

/// <summary>One dimension in the key of a group; null where the group is not by it.</summary>
internal sealed record DimensionSource(Dimension Dimension, string? Requirement) : FieldSource(Requirement);

/// <summary>How many rows a group has.</summary>
internal sealed record GroupCountSource : FieldSource;

/// <summary>The figures of one metric in a group.</summary>
internal sealed record MetricSource(SqlText Sql, ScalarKind Kind, string? Requirement) : FieldSource(Requirement);

/// <summary>One figure of a metric.</summary>
internal sealed record FigureSource(Figure Figure) : FieldSource;

/// <summary>The figures of a metric.</summary>
internal enum Figure
{
    Count,
    Sum,
    Avg,
    Min,
    Max,
    P50,
    P90,
    P95,
    P99,
}

/// <summary>What statistics can be grouped by.</summary>
/// <param name="Word">As <c>groupBy</c> has it.</param>
/// <param name="Sql">What rows of a group have in common, but for times.</param>
/// <param name="Type">The type of the value; null: the key of the relation's row.</param>
/// <param name="Unit">Of times: <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Relation">The row that the value is the key of.</param>
internal sealed record Dimension(string Word, SqlText Sql, NamedType? Type, string? Unit, OneSource? Relation, string? Requirement);

/// <summary>The rows of a table, and how they are told apart, filtered and ordered.</summary>
internal sealed class TableSource(ObjectType type, SqlText from, SqlText? condition, IReadOnlyList<KeyColumn> keys, bool isNode)
{
    public ObjectType Type { get; } = type;

    public SqlText From { get; } = from;

    public SqlText? Condition { get; } = condition;

    public IReadOnlyList<KeyColumn> Keys { get; } = keys;

    public bool IsNode { get; } = isNode;

    /// <summary>What an operation requires that reaches one of the rows, though it selects nothing but its id.</summary>
    public string? Requirement { get; init; }

    /// <summary>Null: there is nothing to filter by.</summary>
    public InputType? Filter { get; set; }

    public OrderSet Orders { get; set; } = null!;
}

/// <summary>Rows that a field answers.</summary>
/// <param name="On">Which rows belong to the row that the field is of; null: all.</param>
/// <param name="From">Where they come from, if not from the table.</param>
internal sealed record RowsSource(
    TableSource Target, SqlText? On, SqlText? From, IReadOnlyDictionary<string, SearchSource> Conditions, bool Filtered, int DefaultCount, int MaxCount);

/// <summary>A condition with a caller's value.</summary>
internal sealed record SearchSource(SqlText Condition, NamedType Type, string? Requirement);

/// <summary>The orders of a table by their words.</summary>
/// <param name="Type">Null: there is only the order by key.</param>
internal sealed record OrderSet(string TypeName, EnumType? Type, IReadOnlyDictionary<string, Order> ByWord, Order Default);

/// <summary>A total order.</summary>
/// <param name="Name">As cursors carry it.</param>
/// <param name="Columns">The first may be null, and is then last; the others are never null.</param>
internal sealed record Order(string Name, bool Descending, IReadOnlyList<OrderColumn> Columns);

/// <summary>A column that rows are ordered by.</summary>
internal sealed record OrderColumn(SqlText Sql, ScalarKind Kind, bool Nullable);
