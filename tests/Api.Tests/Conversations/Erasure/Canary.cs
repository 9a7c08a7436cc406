using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Conversations.Erasure;

/// <summary>A word that is nowhere but where a test has put it.</summary>
public static class Canary
{
    /// <summary>A new one.</summary>
    public static string New() => $"canary{Guid.NewGuid():N}";

    /// <summary>The tables of all schemas in which a word stands, whatever its case and however it is stored.</summary>
    public static async Task<string[]> Places(TestDatabase database, string word)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var tables = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText =
                """
                select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
                where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                order by 1
                """;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        var places = new List<string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select exists (select from {table} t where t::text ilike '%' || $1 || '%')";
            command.Parameters.AddWithValue(word);
            if (await command.ExecuteScalarAsync() is true)
                places.Add(table);
        }

        Assert.True(tables.Count > 40, "The tables were not found.");
        return [.. places];
    }
}
