using Npgsql;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>The columns of a feed's schema as its table has them, in the schema's order.</summary>
internal static class FeedColumns
{
    /// <summary>What a schema's column is called in its table.</summary>
    private static readonly Dictionary<string, string> Renamed = new() { ["conversation_id"] = "external_id" };

    /// <summary>The columns' names, for a statement.</summary>
    public static string Names(FeedSchema schema) =>
        string.Join(", ", schema.Columns.Select(column => Renamed.GetValueOrDefault(column.Name, column.Name)));

    /// <summary>Reads a row's values back, from the column of a result where they begin.</summary>
    public static object?[] Read(NpgsqlDataReader row, int first, FeedSchema schema)
    {
        var values = new object?[schema.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = row.IsDBNull(first + i) ? null : Value(row, first + i, schema.Columns[i].Type);
        return values;
    }

    private static object Value(NpgsqlDataReader row, int column, FeedType type) => type switch
    {
        FeedType.Bool => row.GetBoolean(column),
        FeedType.Integer => row.GetInt64(column),
        FeedType.Decimal => row.GetDecimal(column),
        FeedType.Timestamp => row.GetFieldValue<DateTimeOffset>(column),
        _ => row.GetString(column),
    };
}
