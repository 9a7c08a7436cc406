using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>A declared column; its calls say what may be done with it. Without any it is nullable and only read.</summary>
public sealed class ColumnBuilder
{
    internal ColumnBuilder(string name, string sql, string description, NamedType type, bool list = false) =>
        (Name, Sql, Description, Type, List) = (name, SqlText.Of(sql), description, type, list);

    internal string Name { get; }

    internal SqlText Sql { get; }

    internal string Description { get; }

    internal NamedType Type { get; }

    internal bool List { get; }

    internal bool IsNotNull { get; private set; }

    internal string? Deprecation { get; private set; }

    internal string? Requirement { get; private set; }

    internal bool IsFiltered { get; private set; }

    internal bool HasPrefix { get; private set; }

    internal IReadOnlyList<string>? OrderedThen { get; private set; }

    internal bool IsMetric { get; private set; }

    internal bool IsDimension { get; private set; }

    internal bool IsTimeDimension { get; private set; }

    /// <summary>The column is declared NOT NULL (or the expression cannot be null), so that the field is never null.</summary>
    public ColumnBuilder NotNull() => Set(() => IsNotNull = true);

    /// <summary>The field is to be used no more; the reason says what to use.</summary>
    public ColumnBuilder Deprecated(string reason) => Set(() => Deprecation = reason);

    /// <summary>An operation that selects, filters or orders by the field has this word among what it requires.</summary>
    public ColumnBuilder Requires(string word) => Set(() => Requirement = word);

    /// <summary>
    /// The field can be filtered by, with the operators of its type: eq, ne, in, notIn and isNull; lt, lte, gt and gte for
    /// numbers and times. An index serves it only where the operator is leakproof (numeric's are not).
    /// </summary>
    public ColumnBuilder Filter() => Set(() => IsFiltered = true);

    /// <summary>A text that can be filtered by its beginning too: its collation is <c>"C"</c>, so that an index serves a range.</summary>
    public ColumnBuilder FilterWithPrefix() => Set(() => (IsFiltered, HasPrefix) = (true, true));

    /// <summary>
    /// Lists can be ordered by the field in both directions; where it is null, last. What is equal is ordered by the
    /// fields named (in the same direction, never null), then by the key.
    /// </summary>
    /// <param name="then">Names of fields of the same table.</param>
    public ColumnBuilder Order(params string[] then) => Set(() => OrderedThen = then);

    /// <summary>A number of which statistics have sum, average, extremes and percentiles.</summary>
    public ColumnBuilder Metric() => Set(() => IsMetric = true);

    /// <summary>Statistics can be grouped by the field.</summary>
    public ColumnBuilder Dimension() => Set(() => IsDimension = true);

    /// <summary>Statistics can be grouped by the hour, day, week and month that the time falls into, in a time zone. One a table.</summary>
    public ColumnBuilder TimeDimension() => Set(() => IsTimeDimension = true);

    private ColumnBuilder Set(Action change)
    {
        change();
        return this;
    }
}
