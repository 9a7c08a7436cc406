using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>SQL of values as the response has them. None of it can fail, whatever the row holds.</summary>
internal static class Leaf
{
    /// <summary>A value.</summary>
    public static string Of(NamedType type, string sql) => type switch
    {
        EnumType words => Word(words, sql),
        ScalarType { Kind: ScalarKind.DateTime } => Time(sql),
        ScalarType { Kind: ScalarKind.Decimal } => $"{sql}::text",
        ScalarType { Kind: ScalarKind.Float } => $"case when abs({sql}) < 'infinity' then {sql} end", // JSON has no NaN, which exceeds infinity
        _ => sql,
    };

    /// <summary>A list of values, from an array without nulls.</summary>
    public static string ListOf(NamedType type, string sql) => type is EnumType words
        ? $"(select case when {sql} is not null then coalesce(json_agg({Word(words, "w.word")} order by w.n), '[]') end from unnest({sql}) with ordinality as w(word, n))"
        : sql;

    /// <summary>A time in UTC to the microsecond.</summary>
    public static string Time(string sql) => $"to_char({sql} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    // The collation keeps the letters of all languages out of it: a Turkish one would make another word of "id".
    private static string Word(EnumType words, string sql) =>
        words.Members.All(m => m.Name.Equals(m.Stored, StringComparison.OrdinalIgnoreCase) && !m.Name.Any(char.IsLower))
            ? $"upper({sql} collate \"C\")"
            : $"case {sql} {string.Join(" ", words.Members.Select(m => $"when '{m.Stored.Replace("'", "''", StringComparison.Ordinal)}' then '{m.Name}'"))} end";
}
