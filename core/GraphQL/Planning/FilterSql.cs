using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>
/// Filters as conditions. A condition is true or false and never null: what is negated is turned round operator by operator, and
/// says there what it says of null. Operators are plain ones, which reach indexes behind row-level security where they are leakproof.
/// </summary>
internal sealed class FilterSql(PlanContext context)
{
    /// <summary>A filter of a table.</summary>
    public string Of(TableSource table, RowScope row, Given filter) => All(table.Filter!, row, filter, negated: false);

    /// <summary>A declared condition with a value.</summary>
    public string Condition(SearchSource search, RowScope row, Given value)
    {
        context.Require(search.Requirement);
        var parameter = context.Parameter(new ValueSlot(SqlTypes.KindOf(search.Type), false, value.Source(context.Variables)));
        return $"({search.Condition.Fill(row.Column, value: parameter)})";
    }

    private string All(InputType type, RowScope row, Given filter, bool negated)
    {
        var conditions = new List<string>();
        foreach (var member in type.Fields)
        {
            if (filter.Member(member.Name, context.Variables) is not { IsNull: false } given)
                continue;
            var source = (FilterSource)member.Source!;
            context.Require(source.Requirement);
            conditions.Add(source switch
            {
                ColumnFilter column => Column((InputType)member.Type.Named, column, row, given, negated),
                RelationFilter relation => Relation((InputType)member.Type.Named, relation, row, given, negated),
                ConditionFilter condition => negated ? $"not {Condition(condition.Search, row, given)}" : Condition(condition.Search, row, given),
                CompositeFilter { Composition: Composition.Not } => All(type, row, given, !negated),
                CompositeFilter { Composition: var composition } => Join(
                    [.. given.Items(context.Variables).Select(i => All(type, row, i, negated))], composition == Composition.And, negated),
                _ => throw new InvalidOperationException($"{member.Name} is no member of a filter."),
            });
        }
        return Join(conditions, and: true, negated);
    }

    // All of none hold, and none of none does; negated, it is the other way round.
    private static string Join(IReadOnlyList<string> conditions, bool and, bool negated) => conditions switch
    {
        [] => and != negated ? "true" : "false",
        [var only] => only,
        _ => $"({string.Join(and != negated ? " and " : " or ", conditions)})",
    };

    private string Column(InputType type, ColumnFilter column, RowScope row, Given comparison, bool negated)
    {
        var conditions = new List<string>();
        foreach (var member in type.Fields)
        {
            if (comparison.Member(member.Name, context.Variables) is not { } given)
                continue;
            var operation = ((OperatorSource)member.Source!).Operator;
            if (!given.IsNull)
                conditions.Add(Comparison.Of(context, column, row, operation, given, negated));
            else if (operation is Operator.Eq or Operator.Ne)
                conditions.Add($"{row.Sql(column.Sql)} is {((operation == Operator.Eq) != negated ? "" : "not ")}null");
        }
        return Join(conditions, and: true, negated);
    }

    // The keys are read once, before any row: as an array they reach the index on the column.
    private string Relation(InputType type, RelationFilter relation, RowScope row, Given filter, bool negated)
    {
        var other = new RowScope(context.Alias(), relation.Target);
        List<string> conditions = [All(type, other, filter, negated: false)];
        if (relation.Target.Condition is { } condition)
            conditions.Add($"({condition.Fill(other.Column)})");
        var keys = $"array(select {other.Key} from {relation.Target.From.Fill(other.Column)} {other.Alias} where {string.Join(" and ", conditions)})";
        var column = row.Sql(relation.Column);
        return negated ? $"({column} is null or {column} <> all ({keys}))" : $"{column} = any ({keys})";
    }
}
