-- Four tenants with 5,000 rows of everything that grows.
insert into tenants (id, name, external_id) select 'plan-' || t, 'Plan', 'x' from generate_series(1, 4) t;
insert into tenants (id, name, external_id, created_at) select 'of-' || n, 'Plan', 'x', now() - n * interval '1 minute' from generate_series(1, 5000) n;
insert into api_keys (id, tenant_id, name, hash, hint, scopes, created_at)
select gen_random_uuid(), 'plan-' || 1 + n % 4, 'Key', decode(md5('a' || n) || md5('b' || n), 'hex'), 'x', '{}', now() - n * interval '1 minute' from generate_series(1, 5000) n;
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
insert into feeds (id, tenant_id, source_id, root, name)
select md5('feed' || t)::uuid, 'plan-' || t, md5('source' || t)::uuid, 'p/', 'plan' from generate_series(1, 4) t;
insert into batches (
    id, tenant_id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, marker, sealed_at, version, discovered_at, updated_at)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else md5('batch' || t || '-' || n)::uuid end,
    'plan-' || t, md5('source' || t)::uuid, md5('connector' || t || '-' || (2 + n % 299))::uuid, 'p/' || n || '/', 'plan' || n % 10, 'call_center_issues',
    'csv', false, n::text, date '2025-01-01' + n, case when n % 50 = 0 then 'awaiting_marker' else 'imported' end, 'm', now(), 1, now() - n * interval '1 hour', now()
from generate_series(1, 4) t, generate_series(1, 1000) n;
update files set batch_id = '00000000-0000-7000-8000-000000000001', status = 'ingested' where tenant_id = 'plan-1' and key like 'p/1_.csv';
insert into feed_imports (
    id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, files_hash, progress, state)
select b.id, b.tenant_id, md5('feed' || right(b.tenant_id, 1))::uuid, b.id, b.connector_id, 'n', b.kind, b.partition, false,
    current_date - b.partition::integer, 'm', now(), 'h', '{}', case when b.partition::integer % 10 = 0 then 'retired' else 'current' end
from batches b;
insert into call_records (
    tenant_id, id, import_id, connector_id, file_id, line, namespace, conversation_id, customer_id, external_id, call_start, call_end,
    agent_queue_assigned, disposition_category, transfer)
select 'plan-' || t, case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else md5('call' || t || '-' || n)::uuid end,
    case when t = 1 and n % 1000 = 0 then '00000000-0000-7000-8000-000000000001' else md5('batch' || t || '-' || (2 + n % 999))::uuid end,
    md5('connector' || t || '-' || (2 + n % 299))::uuid, (select id from files f where f.tenant_id = 'plan-' || t and f.key = 'p/1.csv'), n, 'n',
    md5('c-' || t || n)::uuid, 'k-' || n % 500, 'c-' || n, now() - n * interval '1 minute', now(),
    'q-' || n % 40, 'd-' || n % 20, case when n % 500 = 0 then 'other' end
from generate_series(1, 4) t, generate_series(1, 10000) n;
insert into sales (
    tenant_id, id, import_id, connector_id, file_id, line, namespace, transaction_id, transaction_line, transaction_time, external_customer_id, issue_id,
    external_session_id, product_id, product_quantity)
select tenant_id, id, import_id, connector_id, file_id, line, namespace, 't-' || line / 2, 1, call_start, case when line % 100 <> 0 then customer_id end,
    case when line % 10 = 1 then external_id end, 's', 'p-' || line % 300, 1
from call_records;
insert into events.mt_streams (id, type, version, tenant_id)
select gen_random_uuid(), 'conversation', 1, 'plan-' || t from generate_series(1, 4) t, generate_series(1, 5000) n;
insert into events.mt_events (seq_id, id, stream_id, version, data, type, tenant_id)
select nextval('events.mt_events_sequence'), gen_random_uuid(), s.id, 1, '{"revision": 1, "code": "x", "detail": "x", "retryable": false}', 'conversation_failed', s.tenant_id from events.mt_streams s;
insert into webhook_endpoints (id, tenant_id, url, enabled, sealed_secret, connector_ids, created_at)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else md5('endpoint' || t || '-' || n)::uuid end,
    'plan-' || t, 'https://example.com/' || repeat('x', 300), n % 10 <> 0, 'x', case when n % 2 = 1 then array[gen_random_uuid()] else '{}' end,
    now() - n * interval '1 hour'
from generate_series(1, 40) t, generate_series(1, 500) n where t <= 4 or n <= 100;
insert into webhook_senders (endpoint_id) select id from webhook_endpoints;
insert into webhook_deliveries (
    id, tenant_id, endpoint_id, seq, event_id, stream_id, type, state, attempts, next_at, created_at, attempted_at)
select case when t = 1 and n = 1 then '00000000-0000-7000-8000-000000000001' else md5('delivery' || t || '-' || n)::uuid end,
    'plan-' || t, (select e.id from webhook_endpoints e where e.id = case when t = 1 and n % 500 = 1 then '00000000-0000-7000-8000-000000000001' else md5('endpoint' || t || '-' || (2 + n % 499))::uuid end),
    n, case when n = 1 then '00000000-0000-7000-8000-000000000001' else gen_random_uuid() end, gen_random_uuid(), case when n % 20 = 0 then 'file.failed' else 'scan.completed' end,
    case when n % 100 = 1 then 'pending' when n % 100 = 2 then 'retrying' when n % 100 = 3 then 'failed' else 'delivered' end, 1,
    case when n % 100 = 2 then now() end, now() - n * interval '30 minutes', now()
from generate_series(1, 4) t, generate_series(1, 5000) n;
insert into webhook_attempts (tenant_id, delivery_id, number, at, duration_ms, status)
select tenant_id, id, 1, now(), 7, 200 from webhook_deliveries;
update scans set finished_at = started_at where status <> 'running';
update file_rejections set external_id = 'r-' || left(md5(file_id::text), 6), at = now() - get_byte(decode(md5(file_id::text), 'hex'), 0) * interval '1 day';
insert into erased_conversations (tenant_id, id, connector_id, name, version, erased_at)
select tenant_id, gen_random_uuid(), connector_id, gen_random_uuid(), 2, started_at from conversations;
insert into work_items (tenant_id, kind, key, payload, state, error_code, updated_at)
select 'plan-' || t, 'plan', n::text, '1', 'dead', 'x', now() - n % 200 * interval '1 day' from generate_series(1, 4) t, generate_series(1, 5000) n;
insert into idempotency_keys (tenant_id, key_hash, fingerprint, claim, status, expires_at)
select 'plan-' || t, sha256(n::text::bytea), sha256(n::text::bytea), gen_random_uuid(), 200, now() - n * interval '1 minute'
from generate_series(1, 4) t, generate_series(1, 5000) n;
