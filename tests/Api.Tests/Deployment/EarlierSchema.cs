using System.Reflection;
using System.Text;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>
/// Makes of a database the one that an earlier version would have: its schema from the migrations of that time, and of the
/// data whatever that schema has a place for. Migrations only add, so what is left is what such a version had written.
/// </summary>
internal static class EarlierSchema
{
    /// <summary>Puts it in the database's place.</summary>
    /// <param name="database">Its database is replaced.</param>
    /// <param name="through">The last of the domain's migrations.</param>
    public static async Task Make(OperatedDatabase database, int through)
    {
        var now = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        var earlier = new NpgsqlConnectionStringBuilder(now.ConnectionString) { Database = "earlier" };
        await ExecuteOn(new(now.ConnectionString) { Database = "postgres" }, "create database earlier owner ingest");
        await using (var target = await Open(earlier))
        await using (var source = await Open(now))
        {
            await Schema(target, source, through);
            await Copy(source, target);
        }
        await ExecuteOn(new(now.ConnectionString) { Database = "postgres" },
            "alter database ingest rename to ingest_of_today; alter database earlier rename to ingest");
    }

    private static async Task Schema(NpgsqlConnection target, NpgsqlConnection source, int through)
    {
        await Execute(target, "set role ingest; create schema qi");
        await Execute(target, """
            create table qi.schema_migrations (
                room text not null, number integer not null, name text not null, checksum text not null,
                applied_at timestamptz not null default clock_timestamp(), primary key (room, number))
            """);
        foreach (var (room, assembly) in TestDatabase.Migrations.Select(set => (set.Room, set.Assembly)))
        {
            foreach (var (number, sql) in Files(assembly).Where(file => room != "Domain" || file.Number <= through))
            {
                await Execute(target, "set search_path = qi");
                await Execute(target, sql);
                await Execute(target, "reset search_path");
                await using var record = new NpgsqlCommand("select name, checksum from qi.schema_migrations where room = $1 and number = $2", source)
                {
                    Parameters = { new() { Value = room }, new() { Value = number } },
                };
                await using var row = await record.ExecuteReaderAsync();
                Assert.True(await row.ReadAsync());
                await using var insert = new NpgsqlCommand("insert into qi.schema_migrations (room, number, name, checksum) values ($1, $2, $3, $4)", target)
                {
                    Parameters = { new() { Value = room }, new() { Value = number }, new() { Value = row.GetString(0) }, new() { Value = row.GetString(1) } },
                };
                await insert.ExecuteNonQueryAsync();
            }
        }
        await Execute(target, "reset role");
    }

    // Foreign keys and triggers hold in the source; here they would ask for an order.
    private static async Task Copy(NpgsqlConnection source, NpgsqlConnection target)
    {
        await Execute(target, "set session_replication_role = replica");
        var columns = await Columns(target);
        foreach (var table in columns.GroupBy(column => column.Table, column => column.Name).Where(table => table.Key != "qi.schema_migrations"))
        {
            var names = string.Join(", ", table.Select(name => $"\"{name}\""));
            await Execute(target, $"delete from {table.Key}");
            await using var from = await source.BeginRawBinaryCopyAsync($"copy {table.Key} ({names}) to stdout (format binary)");
            await using var to = await target.BeginRawBinaryCopyAsync($"copy {table.Key} ({names}) from stdin (format binary)");
            await from.CopyToAsync(to);
        }
        await Execute(target, "set session_replication_role = origin");
        foreach (var (sequence, last) in await Sequences(source))
            await Execute(target, $"select setval(to_regclass('{sequence}'), {last}) where to_regclass('{sequence}') is not null");
    }

    private static async Task<List<(string Table, string Name)>> Columns(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            select table_schema || '.' || table_name, column_name
            from information_schema.columns join information_schema.tables using (table_schema, table_name)
            where table_schema in ('qi', 'events', 'quartz') and table_type = 'BASE TABLE' and is_generated = 'NEVER'
            order by table_schema, table_name, ordinal_position
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string)>();
        while (await reader.ReadAsync())
            columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns;
    }

    private static async Task<List<(string Name, long Last)>> Sequences(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select schemaname || '.' || sequencename, last_value from pg_sequences where last_value is not null", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var sequences = new List<(string, long)>();
        while (await reader.ReadAsync())
            sequences.Add((reader.GetString(0), reader.GetInt64(1)));
        return sequences;
    }

    private static IEnumerable<(int Number, string Sql)> Files(Assembly assembly) =>
        from name in assembly.GetManifestResourceNames()
        let at = name.IndexOf(".Migrations.", StringComparison.Ordinal)
        where at >= 0
        orderby name
        select (int.Parse(name.AsSpan(at + ".Migrations.".Length, 4), System.Globalization.CultureInfo.InvariantCulture), Text(assembly, name));

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static async Task<NpgsqlConnection> Open(NpgsqlConnectionStringBuilder settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteOn(NpgsqlConnectionStringBuilder settings, string sql)
    {
        await using var connection = await Open(settings);
        foreach (var statement in sql.Split("; "))
            await Execute(connection, statement);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
