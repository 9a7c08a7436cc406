-- Two tenants: the one that is asked with $CONVERSATIONS conversations, another with a tenth of them. Transcripts of 24 messages,
-- of 500 different texts.
set search_path = qi;
insert into tenants (id, name, external_id) select 'bench-' || t, 'Benchmark', 'x' from generate_series(1, 2) t on conflict do nothing;
insert into sources (id, tenant_id, endpoint, bucket, format)
select md5('source' || t)::uuid, 'bench-' || t, '', 'bucket', 'conversation-json' from generate_series(1, 2) t;
insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
select md5('connector' || t)::uuid, 'bench-' || t, md5('source' || t)::uuid, 'Benchmark', 'conversation-json', 'n', '{}' from generate_series(1, 2) t;
insert into queues (id, tenant_id, name) select md5('queue' || t || '-' || n)::uuid, 'bench-' || t, 'Queue ' || n from generate_series(1, 2) t, generate_series(1, 40) n;
insert into agents (id, tenant_id, name, email)
select md5('agent' || t || '-' || n)::uuid, 'bench-' || t, 'Agent ' || n, 'agent-' || n || '@example.com' from generate_series(1, 2) t, generate_series(1, 500) n;
insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
select md5('file' || t)::uuid, 'bench-' || t, md5('source' || t)::uuid, md5('connector' || t)::uuid, 'p/day.jsonl', 'e', 1, now(), 'ingested', 1, now(), now()
from generate_series(1, 2) t;

insert into conversations (
    id, tenant_id, connector_id, file_id, namespace, external_id, line, revision, status, channel, recording_type, analytics_level,
    queue_id, agent_id, language, language_base, started_at, ended_at, is_resolved, csat_score, duration_ms, utterances, turns,
    agent_messages, customer_messages, bot_messages, system_messages, agent_words, customer_words, bot_words, first_response_ms, mean_response_ms,
    version, received_at, updated_at, completed_at)
select
    md5('conversation' || t || '-' || n)::uuid, 'bench-' || t, md5('connector' || t)::uuid, md5('file' || t)::uuid, 'n', 'c-' || n, n, 1, 'completed',
    case when n % 3 = 0 then 'voice' else 'chat' end, 'transcription', 'full_text',
    md5('queue' || t || '-' || (1 + n % 40))::uuid, md5('agent' || t || '-' || (1 + n % 500))::uuid, 'en', 'en',
    timestamptz '2026-01-01T00:00:00Z' + n * interval '2 minutes', timestamptz '2026-01-01T00:00:00Z' + n * interval '2 minutes' + (60 + n * 7919 % 900) * interval '1 second',
    n % 4 > 0, 1 + n * 31 % 5, 1000 * (60 + n * 7919 % 900), 24, 20, 12, 12, 0, 0, 100 + n % 57, 140 + n % 91, 0, 500 + n % 7001, 900 + n % 5003,
    1, now(), now(), now()
from generate_series(1, 2) t, generate_series(1, case when t = 1 then $CONVERSATIONS else $CONVERSATIONS / 10 end) n;

create temporary table texts as
select k, json_build_object('utterances', json_agg(json_build_object(
    'index', m, 'role', case when m % 2 = 0 then 'customer' else 'agent' end, 'participantId', case when m % 2 = 0 then 'user' else 'agent' end, 'messageId', 'msg-' || m,
    'startMs', m * 9000, 'text', 'Could you please look at my order number ' || k * 31 + m || ' again, the replacement parcel has not arrived within three days.') order by m),
    'participants', json_build_array(json_build_object('id', 'user', 'role', 'customer'), json_build_object('id', 'agent', 'role', 'agent'))) as transcript
from generate_series(0, 499) k, generate_series(0, 23) m group by k;
insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript_json)
select v.tenant_id, v.id, 1, '{}', t.transcript from conversations v join texts t on t.k = v.line % 500;
analyze;
