using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>What the planner makes of a member of a filter.</summary>
internal abstract record FilterSource(string? Requirement = null);

/// <summary>A column that is compared.</summary>
/// <param name="Table">Whose id it is; null: it is a plain value.</param>
internal sealed record ColumnFilter(SqlText Sql, NamedType Type, bool NotNull, TableSource? Table, string? Requirement) : FilterSource(Requirement);

/// <summary>Columns of the row that a column refers to.</summary>
internal sealed record RelationFilter(TableSource Target, SqlText Column, string? Requirement) : FilterSource(Requirement);

/// <summary>A condition with a value.</summary>
internal sealed record ConditionFilter(SearchSource Search) : FilterSource(Search.Requirement);

/// <summary>Filters put together.</summary>
internal sealed record CompositeFilter(Composition Composition) : FilterSource;

/// <summary>How filters are put together.</summary>
internal enum Composition
{
    And,
    Or,
    Not,
}

/// <summary>One comparison.</summary>
internal sealed record OperatorSource(Operator Operator);

/// <summary>The comparisons.</summary>
internal enum Operator
{
    Eq,
    Ne,
    In,
    NotIn,
    Lt,
    Lte,
    Gt,
    Gte,
    Prefix,
    IsNull,
}
