using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Ids that are unique among all types: the type, a colon, the key.</summary>
internal static class GlobalId
{
    /// <summary>SQL that writes the id of a row.</summary>
    public static string Sql(TableSource table, RowScope row) => $"'{table.Type.Name}:' || {row.Column(table.Keys[0].Column)}";

    /// <summary>The type that an id names; null: none of these.</summary>
    public static TableSource? Type(string id, IReadOnlyList<TableSource> tables) =>
        id.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? tables.FirstOrDefault(t => id.AsSpan(0, colon).SequenceEqual(t.Type.Name)) : null;

    /// <summary>The key of an id of a type, with the type before it or bare.</summary>
    public static (object? Key, string? Error) Read(string id, TableSource table)
    {
        var prefix = table.Type.Name + ":";
        var key = id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;
        return table.Keys[0].Kind switch
        {
            ScalarKind.Uuid => LeafText.TryUuid(key, out var uuid) ? (uuid, null) : Wrong(),
            ScalarKind.Long => LeafText.TryLong(key, out var whole) ? (whole, null) : Wrong(),
            _ => (key, null),
        };

        (object?, string?) Wrong() => (null, $"An id is none of a {table.Type.Name}.");
    }
}
