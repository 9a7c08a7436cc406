using NpgsqlTypes;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>How the values of scalars travel to the database.</summary>
internal static class SqlTypes
{
    /// <summary>The kind of a leaf: enums are texts.</summary>
    public static ScalarKind KindOf(NamedType type) => (type as ScalarType)?.Kind ?? ScalarKind.String;

    /// <summary>The type of a parameter.</summary>
    public static NpgsqlDbType Of(ScalarKind kind, bool list)
    {
        var type = kind switch
        {
            ScalarKind.Int => NpgsqlDbType.Integer,
            ScalarKind.Long => NpgsqlDbType.Bigint,
            ScalarKind.Float => NpgsqlDbType.Double,
            ScalarKind.String or ScalarKind.Id => NpgsqlDbType.Text,
            ScalarKind.Boolean => NpgsqlDbType.Boolean,
            ScalarKind.Uuid => NpgsqlDbType.Uuid,
            ScalarKind.Decimal => NpgsqlDbType.Numeric,
            ScalarKind.DateTime => NpgsqlDbType.TimestampTz,
            ScalarKind.Date => NpgsqlDbType.Date,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Values of this kind are never given."),
        };
        return list ? NpgsqlDbType.Array | type : type;
    }

    /// <summary>A coerced value as the database takes it.</summary>
    public static object? Plain(object? value) => value is EnumMember word ? word.Stored : value;

    /// <summary>Coerced values as an array.</summary>
    public static Array Array(ScalarKind kind, IReadOnlyList<object?> values) => kind switch
    {
        ScalarKind.Int => Of<int>(values),
        ScalarKind.Long => Of<long>(values),
        ScalarKind.Float => Of<double>(values),
        ScalarKind.Boolean => Of<bool>(values),
        ScalarKind.Uuid => Of<Guid>(values),
        ScalarKind.Decimal => Of<decimal>(values),
        ScalarKind.DateTime => Of<DateTime>(values),
        ScalarKind.Date => Of<DateOnly>(values),
        _ => Of<string>(values),
    };

    private static T[] Of<T>(IReadOnlyList<object?> values) => [.. values.Select(v => (T)Plain(v)!)];
}
