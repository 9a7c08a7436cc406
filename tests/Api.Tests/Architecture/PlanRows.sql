-- Four tenants with 5,000 rows of everything that grows.
insert into tenants (id, name, external_id) select 'plan-' || t, 'Plan', 'x' from generate_series(1, 4) t;
insert into agent_directories (tenant_id) select 'plan-' || t from generate_series(1, 4) t on conflict do nothing;
insert into sources (id, tenant_id, endpoint, bucket, format)
select md5('source' || t)::uuid, 'plan-' || t, '', 'bucket', 'quality-csv' from generate_series(1, 4) t;
insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else md5('connector' || t || '-' || n)::uuid end,
    'plan-' || t, md5('source' || t)::uuid, 'Connector ' || n, 'quality-csv', 'n',
    '{"source":{"region":"us-east-1","paths":{"kind":"unified","path":"s3://bucket/p/"},"credentials":{"kind":"service"}},"revisionPolicy":"revise"}'
from generate_series(1, 4) t, generate_series(1, 300) n;
insert into notification_addresses (connector_id, tenant_id, token_hash, sealed_token)
select id, tenant_id, decode(repeat('00', 32), 'hex'), '' from connectors;
insert into queues (id, tenant_id, name, created_at)
select gen_random_uuid(), 'plan-' || t, 'Queue ' || n, now() - n * interval '1 minute' from generate_series(1, 4) t, generate_series(1, 2000) n;
insert into agents (id, tenant_id, name, email, created_at)
select gen_random_uuid(), 'plan-' || t, 'Agent ' || n, 'a' || n || '@x.example', now() - n * interval '1 minute'
from generate_series(1, 4) t, generate_series(1, 5000) n;
insert into scans (id, tenant_id, connector_id, trigger, due_at, status, started_at)
select gen_random_uuid(), 'plan-' || t, case when t = 1 then '00000000-0000-7000-8000-000000000001' else md5('connector' || t || '-1')::uuid end,
    'schedule', now() - n * interval '1 hour', 'completed', now() - n * interval '1 hour'
from generate_series(1, 4) t, generate_series(1, 2000) n;
insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, error_code, version, discovered_at, updated_at)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else gen_random_uuid() end,
    'plan-' || t, md5('source' || t)::uuid, md5('connector' || t || '-' || (2 + n % 299))::uuid, 'p/' || n || '.csv', 'e', 1, now(),
    case when n % 100 = 0 then 'failed' when n % 100 = 1 then 'deferred' else 'ingested' end, case when n % 100 = 0 then 'x' end, 1, now() - n * interval '1 minute', now()
from generate_series(1, 4) t, generate_series(1, 5000) n;
analyze files;
insert into quotas (tenant_id, format) select 'plan-' || t, 'quality-csv' from generate_series(1, 4) t;
insert into quota_charges (tenant_id, file_id, etag, format, day, bytes, opened)
select f.tenant_id, f.id, f.etag, 'quality-csv', utc_day(), 1, true from files f where f.status = 'ingested';
insert into file_rejections (tenant_id, file_id, line, ordinal, code, message)
select f.tenant_id, f.id, 2, 0, 'x', 'x' from files f;
insert into conversations (
    id, tenant_id, connector_id, file_id, namespace, external_id, line, revision, status, hold_queue, channel, recording_type, analytics_level,
    external_queue_id, queue_id, agent_email, agent_id, language, language_base, started_at, ended_at, version, received_at, updated_at)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else gen_random_uuid() end,
    'plan-' || t, md5('connector' || t || '-' || (2 + n % 299))::uuid,
    (select id from files f where f.tenant_id = 'plan-' || t and f.key = 'p/' || (1 + n % 5000) || '.csv'),
    'n', 'c-' || n, 1, 1, case when n % 50 = 0 then 'held' else 'completed' end, n % 50 = 0,
    case when n % 10 = 0 then 'voice' else 'chat' end, 'transcription', 'text',
    'q', md5('q' || n % 200)::uuid, 'a@x.example', md5('a' || n % 200)::uuid, 'en', 'en',
    now() - n * interval '1 minute', now(), 1, now(), now()
from generate_series(1, 4) t, generate_series(1, 5000) n;
update conversations set external_agent_id = 'agent-' || right(external_id, 2), is_resolved = external_id like '%1', csat_score = length(external_id) where external_id like '%1';
insert into conversation_contents (tenant_id, conversation_id, revision, parsed) select tenant_id, id, 1, '{}' from conversations;
insert into events.mt_streams (id, type, version, tenant_id)
select gen_random_uuid(), 'conversation', 1, 'plan-' || t from generate_series(1, 4) t, generate_series(1, 5000) n;
insert into events.mt_events (seq_id, id, stream_id, version, data, type, tenant_id)
select nextval('events.mt_events_sequence'), gen_random_uuid(), s.id, 1, '{}', 'x', s.tenant_id from events.mt_streams s;
