using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>The aggregates of one statistics query, each once, and how the groups speak of them.</summary>
internal sealed class Figures(RowScope read)
{
    private readonly OrderedDictionary<string, string> _columns = new(StringComparer.Ordinal);

    /// <summary>The aggregates, for the select list.</summary>
    public IEnumerable<string> Columns => _columns.Select(c => $"{c.Key} as {c.Value}");

    /// <summary>A figure of a group.</summary>
    public string Of(MetricSource metric, Figure figure)
    {
        var value = Value(metric, read.Sql(metric.Sql));
        return figure switch
        {
            Figure.Count => Column($"count({value})"),
            Figure.Sum when metric.Kind == ScalarKind.Float => Column($"sum({value})"),
            Figure.Sum => Bounded(Column($"sum({value})")),
            Figure.Avg when metric.Kind == ScalarKind.Float => Column($"avg({value})"),
            Figure.Avg => Mean(Column($"sum({value})"), Column($"count({value})")),
            Figure.Min => Column($"min({value})"),
            Figure.Max => Column($"max({value})"),
            Figure.P50 => Percentile(value, "0.5"),
            Figure.P90 => Percentile(value, "0.9"),
            Figure.P95 => Percentile(value, "0.95"),
            Figure.P99 => Percentile(value, "0.99"),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "It is no figure."),
        };
    }

    // Doubles that are no number, or so large that their squares might overflow, would end the statement: no metric is there.
    private static string Value(MetricSource metric, string sql) =>
        metric.Kind == ScalarKind.Float ? $"case when {sql} between -1e100 and 1e100 then {sql} end" : sql;

    // Sums of 64 bits are kept in more; what does not fit back is null.
    private static string Bounded(string sum) => $"case when {sum} between -9223372036854775808 and 9223372036854775807 then {sum}::bigint end";

    // Divided as doubles: avg() of whole numbers is a numeric of 16 decimals, which is rounded once more on its way to a double.
    private static string Mean(string sum, string count) => $"{sum}::float8 / nullif({count}, 0)";

    private string Percentile(string value, string fraction) => Column($"percentile_cont({fraction}) within group (order by ({value})::float8)");

    private string Column(string aggregate)
    {
        if (!_columns.TryGetValue(aggregate, out var name))
            _columns.Add(aggregate, name = $"a{_columns.Count}");
        return $"{read.Alias}.{name}";
    }
}
