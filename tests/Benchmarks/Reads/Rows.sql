-- Two tenants: the one that is asked has $ROWS of whatever grows with the days, and a fifth of that of whatever grows slower;
-- another has a tenth of it.
set search_path = qi;
create temporary table size as
select t, 'reads-' || t as tenant, case when t = 1 then $ROWS else $ROWS / 10 end as many, case when t = 1 then $ROWS / 5 else $ROWS / 50 end as few
from generate_series(1, 2) t;
insert into tenants (id, name, external_id) select tenant, 'Reads', 'x' from size on conflict do nothing;
insert into sources (id, tenant_id, endpoint, bucket, format) select md5('source' || t)::uuid, tenant, '', 'bucket', 'quality-csv' from size;
insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
select md5('connector' || t || '-' || n)::uuid, tenant, md5('source' || t)::uuid, 'Connector ' || n, 'quality-csv', 'n',
    '{"source":{"region":"us-east-1","paths":{"kind":"unified","path":"s3://bucket/p/"},"credentials":{"kind":"service"}},"revisionPolicy":"revise"}'
from size, generate_series(0, 4) n;
insert into queues (id, tenant_id, name, created_at)
select md5('queue' || t || '-' || n)::uuid, tenant, 'Queue ' || n, now() - n * interval '1 minute' from size, generate_series(0, few) n;
insert into agents (id, tenant_id, name, email, created_at)
select md5('agent' || t || '-' || n)::uuid, tenant, 'Agent ' || n, 'agent-' || n || '@example.com', now() - n * interval '1 minute' from size, generate_series(0, few) n;
insert into scans (id, tenant_id, connector_id, trigger, due_at, status, started_at)
select gen_random_uuid(), tenant, md5('connector' || t || '-0')::uuid, 'schedule', now() - n * interval '1 minute', 'completed', now() - n * interval '1 minute'
from size, generate_series(1, few) n;
insert into audit (tenant_id, at, actor, action, resource_type, resource_id)
select tenant, now() - n * interval '1 second', 'key', 'queue.created', 'queue', 'x' from size, generate_series(few, 1, -1) n;

insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, rows_read, accepted, version, discovered_at, updated_at)
select md5('file' || t || '-' || n)::uuid, tenant, md5('source' || t)::uuid, md5('connector' || t || '-' || n % 5)::uuid, 'p/' || n || '.csv', 'e', 1, now(),
    case when n % 4 = 0 then 'partially_ingested' else 'ingested' end, 1, 1, 1, now() - n * interval '1 minute', now()
from size, generate_series(1, many) n;
insert into file_rejections (tenant_id, file_id, line, ordinal, code, message)
select tenant, md5('file' || t || '-1')::uuid, n + 1, 0, 'timestamp_without_zone', 'It names no zone.' from size, generate_series(1, few) n;

insert into conversations (
    id, tenant_id, connector_id, file_id, namespace, external_id, line, revision, status, channel, recording_type, analytics_level,
    external_queue_id, queue_id, agent_email, agent_id, external_agent_id, language, language_base, started_at, ended_at, is_resolved, csat_score,
    duration_ms, utterances, turns, agent_messages, customer_messages, bot_messages, system_messages, agent_words, customer_words, bot_words,
    first_response_ms, mean_response_ms, error_code, error_detail, retryable, version, received_at, updated_at, completed_at)
select
    md5('conversation' || t || '-' || n)::uuid, tenant, md5('connector' || t || '-' || n % 5)::uuid, md5('file' || t || '-' || (1 + n % 4))::uuid, 'n', 'c-' || n, n, 1,
    case when n % 4 = 0 then 'failed' else 'completed' end, case when n % 3 = 0 then 'voice' else 'chat' end, 'transcription', 'full_text',
    'Q', md5('queue' || t || '-' || n % 5)::uuid, 'agent@example.com', md5('agent' || t || '-' || n % 5)::uuid, 'a-' || n % 5, 'en', 'en',
    now() - n * interval '1 minute', now() - n * interval '1 minute' + (60 + n % 900) * interval '1 second', n % 4 > 0, 1 + n * 31 % 5,
    1000 * (60 + n % 900), 24, 20, 12, 12, 0, 0, 100 + n % 57, 140 + n % 91, 0, 500 + n % 7001, 900 + n % 5003, case when n % 4 = 0 then 'object_missing' end, case when n % 4 = 0 then 'It is not there.' end, n % 4 = 0, 1,
    now() - n * interval '1 minute', now(), case when n % 4 > 0 then now() end
from size, generate_series(1, many) n;

insert into feeds (id, tenant_id, source_id, root, name) select md5('feed' || t)::uuid, tenant, md5('source' || t)::uuid, 'p/', 'reads' from size;
insert into batches (
    id, tenant_id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, marker, sealed_at, version, discovered_at, updated_at)
select md5('batch' || t || '-' || n)::uuid, tenant, md5('source' || t)::uuid, md5('connector' || t || '-0')::uuid, 'p/' || n || '/', 'reads', 'call_center_issues',
    'csv', false, n::text, date '2020-01-01' + n % 1000, 'imported', 'm', now(), 1, now() - n * interval '1 hour', now()
from size, generate_series(1, few) n;
insert into feed_imports (
    id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, files_hash, progress, state)
select b.id, b.tenant_id, md5('feed' || right(b.tenant_id, 1))::uuid, b.id, b.connector_id, 'n', b.kind, b.partition, false, b.date, 'm', now(), 'h', '{}', 'current'
from batches b where b.partition::integer <= 500;
insert into call_records (
    tenant_id, id, import_id, connector_id, file_id, line, namespace, conversation_id, customer_id, external_id, call_start, call_end,
    agent_queue_assigned, disposition_category, transfer)
select tenant, md5('call' || t || '-' || n)::uuid, md5('batch' || t || '-' || (1 + n % 500))::uuid, md5('connector' || t || '-' || n % 5)::uuid,
    md5('file' || t || '-1')::uuid, n, 'n', md5('conversation' || t || '-' || n)::uuid, 'k-' || n % 5, 'c-' || n,
    now() - n * interval '1 minute', now(), 'q-' || n % 5, 'd-' || n % 5, case when n % 5 = 0 then 'other' end
from size, generate_series(1, many) n;
insert into sales (
    tenant_id, id, import_id, connector_id, file_id, line, namespace, transaction_id, transaction_line, transaction_time, external_customer_id, issue_id,
    external_session_id, product_id, product_quantity)
select tenant_id, id, import_id, connector_id, file_id, line, namespace, 't-' || line, 1, call_start, customer_id,
    case when line % 5 = 1 then external_id end, 's', 'p-' || line % 5, 1
from call_records;

insert into webhook_endpoints (id, tenant_id, url, sealed_secret, enabled)
select md5('endpoint' || t || '-' || n)::uuid, tenant, 'https://example.com/' || n, '', false from size, generate_series(0, 4) n;
insert into webhook_deliveries (id, tenant_id, endpoint_id, seq, event_id, stream_id, type, state, attempts, status, created_at, attempted_at, delivered_at)
select md5('delivery' || t || '-' || n)::uuid, tenant, md5('endpoint' || t || '-' || n % 5)::uuid, n, md5('event' || n)::uuid, md5('conversation' || t || '-' || n)::uuid,
    'conversation.completed', 'delivered', 1, 200, now() - n * interval '1 minute', now(), now()
from size, generate_series(1, many) n;

insert into connectors (id, tenant_id, source_id, name, format, namespace, settings, enabled, created_at)
select md5('other' || t || '-' || n)::uuid, tenant, md5('source' || t)::uuid, 'Other ' || n, 'quality-csv', 'n', c.settings, false, now() - n * interval '1 minute'
from size join connectors c on c.id = md5('connector' || t || '-0')::uuid, generate_series(1, few) n;
insert into tenants (id, name, external_id, created_at)
select 'other-' || n, 'Other', 'x', now() - n * interval '1 minute' from size, generate_series(1, few) n where t = 1;
insert into api_keys (id, tenant_id, name, hash, hint, scopes, created_at)
select md5('key' || t || '-' || n)::uuid, tenant, 'Key ' || n, sha256(('key' || t || '-' || n)::bytea), 'qi_…', '{conversations:read}', now() - n * interval '1 minute'
from size, generate_series(1, few) n;
insert into work_items (tenant_id, kind, key, payload, state, attempts, error_code, error_detail)
select tenant, 'file', 'dead-' || n, '{}', 'dead', 10, 'object_missing', 'It is not there.' from size, generate_series(1, few) n;
insert into erased_conversations (tenant_id, id, connector_id, version, erased_at)
select tenant, md5('erased' || t || '-' || n)::uuid, md5('connector' || t || '-0')::uuid, 1, now() - n * interval '1 minute' from size, generate_series(1, few) n;
vacuum analyze;
