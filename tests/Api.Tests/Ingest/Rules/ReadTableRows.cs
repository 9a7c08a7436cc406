using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Ingest.Rules;

/// <summary>All that a tenant's read tables say.</summary>
internal static class ReadTableRows
{
    /// <summary>Every row with all its columns, times among them; of a conversation its status is in front.</summary>
    public static async Task<string[]> Of(TestDatabase database, string tenant)
    {
        await using var command = database.Source.CreateCommand(
            """
            select 'file ' || to_jsonb(t)::text from files t where tenant_id = $1
            union all select 'batch ' || to_jsonb(t)::text from batches t where tenant_id = $1
            union all select 'conversation ' || status || ' ' || to_jsonb(t)::text from conversations t where tenant_id = $1
            union all select 'conversation erased ' || to_jsonb(t)::text from erased_conversations t where tenant_id = $1
            union all select 'search ' || to_jsonb(t)::text from conversation_search t where tenant_id = $1
            order by 1
            """);
        command.Parameters.AddWithValue(tenant);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return [.. rows];
    }

    /// <summary>Changes rows, loses some, and makes some of nothing.</summary>
    public static async Task Spoil(TestDatabase database, string tenant)
    {
        await using var command = database.Source.CreateCommand(
            """
            update files set key = key || '!', status = 'skipped', accepted = 99, version = 1, discovered_at = now(), seen_at = now() where tenant_id = $1;
            update batches set path = path || '!', partition = 'x', accepted = 99, imported_at = null, updated_at = now() where tenant_id = $1;
            delete from conversation_search where tenant_id = $1 and conversation_id < '80000000-0000-0000-0000-000000000000';
            update conversation_search set revision = 77 where tenant_id = $1;
            insert into conversations
            select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'external_id', c.external_id || '!'))).*
            from conversations c where c.tenant_id = $1 limit 1;
            delete from conversations where tenant_id = $1 and id < '60000000-0000-0000-0000-000000000000';
            update conversations set namespace = 'x', channel = 'voice', received_at = now(), completed_at = null, held_at = now(), revision = 77 where tenant_id = $1;
            delete from erased_conversations where tenant_id = $1 and not lifted;
            update erased_conversations set erased_at = now(), name = null where tenant_id = $1;
            insert into erased_conversations (tenant_id, id, connector_id, version)
            select tenant_id, case when status = 'completed' then gen_random_uuid() else id end, connector_id, 1 from conversations where tenant_id = $1 limit 2;
            """.Replace("$1", $"'{tenant}'", StringComparison.Ordinal));
        await command.ExecuteNonQueryAsync();
    }
}
