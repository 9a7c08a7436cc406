using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>The types of statistics: a group with its key and the figures of its metrics, one a table.</summary>
internal sealed class StatisticsTypes
{
    private static readonly ObjectType s_whole = Figures("LongStatistics", "Figures of a whole number.", Scalars.Long);

    private static readonly ObjectType s_real = Figures("FloatStatistics", "Figures of a number.", Scalars.Float);

    private readonly Dictionary<string, (ObjectType Group, EnumType? By, IReadOnlyList<Dimension> Dimensions)> _groups = new(StringComparer.Ordinal);

    /// <summary>The group of a table, what it can be grouped by, and how.</summary>
    public (ObjectType Group, EnumType? By, IReadOnlyList<Dimension> Dimensions) Of(TableBuilder table, Func<string, TableSource> find)
    {
        if (_groups.TryGetValue(table.Name, out var known))
            return known;
        var fields = new List<FieldDefinition>();
        var keys = Keys(table, table, find).ToList();
        EnumType? by = null;
        if (keys.Count > 0)
        {
            by = new($"{table.Name}Dimension", $"What statistics of `{table.Name}` can be grouped by.",
                [.. keys.Select(k => new EnumMember(k.Dimension.Word, k.Field.Description, k.Dimension.Word, k.Field.Deprecation))]);
            var key = new ObjectType($"{table.Name}GroupKey", "What the objects of a group have in common. Dimensions that were not grouped by are null.")
            {
                Fields = [.. keys.Select(k => k.Field)],
            };
            fields.Add(new("key", "What the group's objects have in common.", key.Required(), [], new GroupKeySource()));
        }
        fields.Add(new("count", "How many objects there are.", Scalars.Long.Required(), [], new GroupCountSource()));
        fields.AddRange(Metrics(table));
        var group = new ObjectType($"{table.Name}Group", $"Figures over objects of type `{table.Name}`.") { Fields = fields };
        return _groups[table.Name] = (group, by, [.. keys.Select(k => k.Dimension)]);
    }

    private static IEnumerable<(Dimension Dimension, FieldDefinition Field)> Keys(TableBuilder table, RowBuilder row, Func<string, TableSource> find)
    {
        foreach (var member in row.Members)
        {
            switch (member)
            {
                case ColumnBuilder { IsDimension: true } column:
                    if (column.List)
                        throw new ArgumentException($"{table.Name}.{column.Name} is a list and no dimension.");
                    yield return Key(column.Name, column.Description, column.Type, column.Deprecation,
                        new(Names.Constant(column.Name), column.Sql, column.Type, null, null, column.Requirement));
                    break;
                case ColumnBuilder { IsTimeDimension: true } column:
                    yield return Time(column, "hour", "The beginning of the hour that `{0}` falls into; an hour that a change of clocks repeats is two.", Scalars.DateTime);
                    yield return Time(column, "day", "The day that `{0}` falls into, in the time zone.", Scalars.Date);
                    yield return Time(column, "week", "The Monday of the week that `{0}` falls into, in the time zone.", Scalars.Date);
                    yield return Time(column, "month", "The first day of the month that `{0}` falls into, in the time zone.", Scalars.Date);
                    break;
                case OneBuilder { IsDimension: true } one:
                    if (one.On.Column is null)
                        throw new ArgumentException($"{table.Name}.{one.Name} is related by a condition and no dimension.");
                    var target = find(one.TypeName);
                    yield return Key(one.Name, one.Description, target.Type, one.Deprecation,
                        new(Names.Constant(one.Name), one.On, null, null, new OneSource(target, one.On, one.Requirement), one.Requirement));
                    break;
                case ObjectBuilder part:
                    foreach (var key in Keys(table, part, find))
                        yield return key;
                    break;
            }
        }
    }

    private static (Dimension, FieldDefinition) Time(ColumnBuilder column, string unit, string description, ScalarType type) =>
        Key(unit, string.Format(System.Globalization.CultureInfo.InvariantCulture, description, column.Name), type, column.Deprecation,
            new(Names.Constant(unit), column.Sql, type, unit, null, column.Requirement));

    private static (Dimension, FieldDefinition) Key(string name, string description, NamedType type, string? deprecation, Dimension dimension) =>
        (dimension, new(name, description, type.Nullable(), [], new DimensionSource(dimension, dimension.Requirement), deprecation));

    private static IEnumerable<FieldDefinition> Metrics(RowBuilder row)
    {
        foreach (var member in row.Members)
        {
            if (member is ColumnBuilder { IsMetric: true } column)
            {
                var kind = (column.Type as ScalarType)?.Kind;
                if (column.List || kind is not (ScalarKind.Int or ScalarKind.Long or ScalarKind.Float))
                    throw new ArgumentException($"{column.Name} is no number and no metric.");
                yield return new(column.Name, column.Description, (kind == ScalarKind.Float ? s_real : s_whole).Required(), [],
                    new MetricSource(column.Sql, kind.Value, column.Requirement), column.Deprecation);
            }
            else if (member is ObjectBuilder part)
            {
                foreach (var metric in Metrics(part))
                    yield return metric;
            }
        }
    }

    private static ObjectType Figures(string name, string description, ScalarType type) =>
        new(name, $"{description} Objects without a value are left out.")
        {
            Fields =
            [
                Field("count", "How many objects have a value.", Scalars.Long.Required(), Figure.Count),
                Field("sum", "All values together; null: there are none, or the sum is out of range.", type.Nullable(), Figure.Sum),
                Field("avg", "The mean; null: there are none.", Scalars.Float.Nullable(), Figure.Avg),
                Field("min", "The smallest; null: there are none.", type.Nullable(), Figure.Min),
                Field("max", "The greatest; null: there are none.", type.Nullable(), Figure.Max),
                Field("p50", "The median; null: there are none. Percentiles lie between values in proportion.", Scalars.Float.Nullable(), Figure.P50),
                Field("p90", "What 90 % do not exceed; null: there are none.", Scalars.Float.Nullable(), Figure.P90),
                Field("p95", "What 95 % do not exceed; null: there are none.", Scalars.Float.Nullable(), Figure.P95),
                Field("p99", "What 99 % do not exceed; null: there are none.", Scalars.Float.Nullable(), Figure.P99),
            ],
        };

    private static FieldDefinition Field(string name, string description, TypeReference type, Figure figure) =>
        new(name, description, type, [], new FigureSource(figure));
}
