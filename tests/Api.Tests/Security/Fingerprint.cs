using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Security;

/// <summary>A checksum over the rows of every table of a database, by table.</summary>
public static class Fingerprint
{
    // When a key was last used is written down for every key that works, whatever it is refused.
    private const string Ignored = "last_used_at";

    /// <summary>Takes it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="without">A tenant whose own rows are left out; null: none.</param>
    public static async Task<IReadOnlyDictionary<string, string>> Of(TestDatabase database, string? without = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var prints = new Dictionary<string, string>();
        foreach (var table in await Tables(connection))
        {
            await using var command = new Npgsql.NpgsqlCommand(
                $"""
                select coalesce(md5(string_agg(md5(row.text), '' order by md5(row.text))), '')
                from (select (to_jsonb(t) - '{Ignored}')::text as text from {table} t where to_jsonb(t) ->> 'tenant_id' is distinct from $1) row
                """,
                connection)
            { Parameters = { new() { Value = (object?)without ?? "" } } };
            prints[table] = (string)(await command.ExecuteScalarAsync())!;
        }

        Assert.True(prints.Count > 40, "The tables were not found.");
        return prints;
    }

    /// <summary>The tables of all schemas but PostgreSQL's own.</summary>
    internal static async Task<IReadOnlyList<string>> Tables(Npgsql.NpgsqlConnection connection)
    {
        await using var command = new Npgsql.NpgsqlCommand(
            """
            select format('%I.%I', n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
            order by 1
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }
}
