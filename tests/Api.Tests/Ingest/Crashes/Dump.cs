using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Ingest.Crashes;

/// <summary>Everything that a tenant's ingestion has come to, without what two runs over the same bytes may differ in: ids and times of storing.</summary>
public static class Dump
{
    private static readonly (string Name, string Sql)[] Parts =
    [
        ("conversation",
            """
            select external_id, to_jsonb(v) - '{id,tenant_id,connector_id,file_id,namespace,queue_id,agent_id,received_at,updated_at,completed_at,held_at}'::text[]
                || jsonb_build_object('key', f.key, 'queued', v.queue_id is not null, 'assigned', v.agent_id is not null, 'whole', v.completed_at is not null)
            from conversations v join files f on f.id = v.file_id where v.tenant_id = $1
            """),
        ("content",
            """
            select v.external_id || ' ' || c.revision, jsonb_build_object(
                'parsed', c.parsed #- '{counterpart,fileId}' #- '{counterpart,connectorId}', 'waveform', c.waveform,
                'media', (select jsonb_agg(m - 'bucket') from jsonb_array_elements(c.media) m),
                'transcript', coalesce(c.transcript_json::text, c.transcript::text), 'members', c.members::text)
            from conversation_contents c join conversations v on v.id = c.conversation_id where c.tenant_id = $1
            """),
        ("event",
            """
            select coalesce(v.external_id, f.key, s.type) || ' ' || e.version, jsonb_build_object('type', e.type, 'data',
                (e.data #- '{origin,fileId}' #- '{origin,lastModified}') - '{connectorId,sourceId,namespace,queueId,agentId,lastModified,dueAt}'::text[])
            from events.mt_events e
            join events.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
            left join conversations v on v.id = e.stream_id
            left join files f on f.id = e.stream_id
            where e.tenant_id = $1
            """),
        ("file", "select key, to_jsonb(f) - '{id,tenant_id,source_id,connector_id,last_modified,discovered_at,updated_at,seen_at}'::text[] from files f where tenant_id = $1"),
        ("rejection",
            """
            select f.key || ' ' || r.line || ' ' || r.ordinal, to_jsonb(r) - '{tenant_id,file_id,at}'::text[]
            from file_rejections r join files f on f.id = r.file_id where r.tenant_id = $1
            """),
        ("usage", "select 'all', jsonb_build_object('files', sum(files), 'bytes', sum(bytes)) from usage_days where tenant_id = $1"),
        ("quota",
            """
            select f.key, jsonb_build_object('etag', c.etag, 'bytes', c.bytes, 'opened', c.opened, 'day', (
                select sum(d.bytes) || ' in ' || sum(d.files) from quota_days d where d.tenant_id = $1))
            from quota_charges c join files f on f.id = c.file_id where c.tenant_id = $1
            """),
        ("scan",
            """
            select 'all', jsonb_agg(to_jsonb(s) - '{id,tenant_id,connector_id,due_at,started_at,finished_at}'::text[] order by started_at)
            from scans s where tenant_id = $1
            """),
        ("work", "select kind, jsonb_build_object('state', state, 'code', error_code) from work_items where tenant_id = $1"),
    ];

    /// <summary>One line a fact, in an order of its own.</summary>
    public static async Task<List<string>> Of(TestDatabase database, string tenant)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var lines = new List<string>();
        foreach (var (name, sql) in Parts)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = tenant } } };
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add($"{name} {reader.GetString(0)}: {(reader.IsDBNull(1) ? "" : reader.GetString(1))}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
