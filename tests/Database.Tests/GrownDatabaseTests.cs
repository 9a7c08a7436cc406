using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests;

/// <summary>Migrations on a database that has been used: what an earlier version stored is there, and means the same.</summary>
public sealed class GrownDatabaseTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;

    // Two revisions each of a conversation of an agent and of one without, as version 0007 of the domain stored them.
    private const string Rows = """
        insert into tenants (id, name, external_id) values ('acme', 'Acme', 'x');
        insert into sources (id, tenant_id, endpoint, bucket, format) values ('00000000-0000-0000-0000-000000000001', 'acme', '', 'b', 'quality-csv');
        insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
        values ('00000000-0000-0000-0000-000000000002', 'acme', '00000000-0000-0000-0000-000000000001', 'Calls', 'quality-csv', 'n', '{}');
        insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
        values ('00000000-0000-0000-0000-000000000003', 'acme', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002',
                'a.csv', 'e', 1, now(), 'discovered', 1, now(), now());
        insert into file_rejections (tenant_id, file_id, line, ordinal, code, message)
        values ('acme', '00000000-0000-0000-0000-000000000003', 2, 0, 'field_count', 'm');
        insert into conversations (
            id, tenant_id, connector_id, file_id, namespace, external_id, line, revision, status, channel, recording_type, analytics_level,
            language, language_base, started_at, ended_at, version, received_at, updated_at)
        select gen_random_uuid(), 'acme', '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000003', 'n', 'c-' || n, n, 2,
               'completed', 'chat', 'transcription', 'full_text', 'en', 'en', now(), now(), 6, now(), now()
        from generate_series(1, 2) n;
        insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript)
        select tenant_id, id, r, case when line = 1 then jsonb_build_object('agentId', 'a-' || r) else '{}' end, '{"utterances": []}'
        from conversations, generate_series(1, 2) r;
        """;

    private readonly TestDatabase _server = new();
    private readonly string _name = "grown_" + Guid.NewGuid().ToString("n");

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [SkippableFact]
    public async Task What_was_stored_before_conversations_of_JSON_is_there_after()
    {
        await Run(_server.Source, $"create database {_name}");
        var settings = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = _name, Pooling = false };
        await using var source = DatabaseServer.Open(settings.ConnectionString, new DatabaseOptions(), null);
        var migrator = new Migrator(source, TestDatabase.Migrations, NullLogger<Migrator>.Instance);
        await Before(source, "Domain", 8);
        await Run(source, Rows);

        await migrator.Migrate(Never);
        await migrator.Verify(Never);

        Assert.Equal(
            ["c-1 a-2", "c-2 "], await Texts(source, "select external_id || ' ' || coalesce(external_agent_id, '') from conversations order by 1"));
        Assert.Equal(
            ["4 4 0 0"],
            await Texts(source, "select concat_ws(' ', count(*), count(transcript), count(transcript_json), count(members)) from conversation_contents"));
        Assert.Equal(["discovered t"], await Texts(source, "select status || ' ' || (seen_at <= now())::text::char from files"));
        Assert.Equal(["2"], await Texts(source, "select line::text from file_rejections where place_member is null"));
        Assert.Equal(["1"], await Texts(source, "select count(*)::text from connectors where default_queue_id is null"));
        Assert.Equal(["0"], await Texts(source, "select count(*)::text from quota_charges"));
    }

    /// <summary>Brings a new database to where it was before a room's migration of that number.</summary>
    private static async Task Before(NpgsqlDataSource source, string room, int number)
    {
        await new Migrator(source, [], NullLogger<Migrator>.Instance).Migrate(Never);
        foreach (var file in TestDatabase.Migrations.SelectMany(set => set.Files()).Where(file => file.Room != room || file.Number < number))
        {
            await Run(source, file.Sql);
            await using var applied = source.CreateCommand("insert into qi.schema_migrations (room, number, name, checksum) values ($1, $2, $3, $4)");
            applied.Parameters.AddWithValue(file.Room);
            applied.Parameters.AddWithValue(file.Number);
            applied.Parameters.AddWithValue(file.Name);
            applied.Parameters.AddWithValue(file.Checksum);
            await applied.ExecuteNonQueryAsync(Never);
        }
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync(Never);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Never);
    }

    private static async Task<List<string>> Texts(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Never);
        var texts = new List<string>();
        while (await reader.ReadAsync(Never))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
