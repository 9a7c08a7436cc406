-- One of everything that ingestion brings, for the tenant owner, whose connectors are called Calls and Feeds.
insert into scans (id, tenant_id, connector_id, trigger, due_at, status, finished_at)
select '00000000-0000-7000-8000-000000000001', tenant_id, id, 'manual', now() - interval '1 day', 'completed', now() from connectors where name = 'Calls';
insert into scans (id, tenant_id, connector_id, trigger, due_at, status)
select '00000000-0000-7000-8000-000000000002', tenant_id, id, 'manual', now() - interval '1 day', 'running' from connectors where name = 'Feeds';
insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, error_code, error_detail, retryable, rows_read, rejected, version, discovered_at, updated_at)
select '00000000-0000-7000-8000-000000000003', tenant_id, source_id, id, 'calls/day.csv', 'e', 9, now(), 'failed', 'network_error', 'x', true, 1, 1, 3, now(), now()
from connectors where name = 'Calls';
insert into file_rejections (tenant_id, file_id, line, ordinal, external_id, field, code, message)
values ('owner', '00000000-0000-7000-8000-000000000003', 2, 0, 'call-2', 'queueId', 'required', 'This must not be empty.');
insert into batches (id, tenant_id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, marker, sealed_at, import_id, rows_before, rows_after, version, discovered_at, updated_at)
select b.id::uuid, tenant_id, source_id, connectors.id, 'feeds/' || b.feed || '/', b.feed, b.kind, 'csv', b.snapshot, b.feed, current_date, b.status, 'm', now(), b.id::uuid, b.rows, 1, 3, now(), now()
from connectors, (values
    ('00000000-0000-7000-8000-000000000004', 'call_center_issues', 'call_center_issues', false, 'imported', null),
    ('00000000-0000-7000-8000-000000000005', 'sales', 'sales_methods_attribution', true, 'awaiting_confirmation', 9)) b (id, feed, kind, snapshot, status, rows)
where name = 'Feeds';
insert into feeds (id, tenant_id, source_id, root, name)
select '00000000-0000-7000-8000-000000000004', tenant_id, source_id, 'feeds/', 'call_center_issues' from connectors where name = 'Feeds';
insert into feed_imports (id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, files_hash, progress, state)
select b.id, b.tenant_id, b.id, b.id, b.connector_id, 'n', b.kind, b.partition, false, current_date, 'm', now(), 'h', '{}', 'current'
from batches b where b.status = 'imported';
insert into call_records (tenant_id, id, import_id, connector_id, file_id, line, namespace, conversation_id, customer_id, external_id, call_start, call_end)
select i.tenant_id, '00000000-0000-7000-8000-000000000006', i.id, i.connector_id, '00000000-0000-7000-8000-000000000003', 2, 'n',
    '00000000-0000-7000-8000-000000000008', 'customer-1', 'call-1', now(), now()
from feed_imports i;
insert into sales (tenant_id, id, import_id, connector_id, file_id, line, namespace, transaction_id, transaction_line, transaction_time, issue_id, external_session_id, product_id, product_quantity)
select i.tenant_id, '00000000-0000-7000-8000-000000000007', i.id, i.connector_id, '00000000-0000-7000-8000-000000000003', 2, 'n', 't-1', 1, now(), 'call-1', 's-1', 'p-1', 1
from feed_imports i;
insert into conversations (
    id, tenant_id, connector_id, file_id, namespace, external_id, line, revision, status, channel, recording_type, analytics_level,
    external_queue_id, language, language_base, started_at, ended_at, version, received_at, updated_at, completed_at)
select c.id::uuid, tenant_id, connectors.id, '00000000-0000-7000-8000-000000000003', 'n', c.name, 2, 1, 'completed', 'voice', 'stereo', 'full',
    'Q1', 'en', 'en', now(), now(), 2, now(), now(), now()
from connectors, (values ('00000000-0000-7000-8000-000000000008', 'call-1'), ('00000000-0000-7000-8000-000000000009', 'call-3')) c (id, name)
where connectors.name = 'Calls';
insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript_json, members, media, waveform)
select tenant_id, id, 1,
    '{"line":2,"externalId":"call-1","channel":"voice","recordingType":"stereo","agentPart":"","language":"en","languageBase":"en","startedAt":"2026-01-01T00:00:00Z","endedAt":"2026-01-01T00:01:00Z","contentHash":"h"}',
    '{"utterances":[{"index":0,"role":"agent","startMs":0,"text":"What only the owner may read."}],"participants":[]}', '{"plan":"What only the owner may read."}',
    '[{"side":"stereo","url":"https://recordings.example/a.wav","bytes":9}]',
    '{"durationMs":1000,"bucketMs":1000,"agent":{"peaks":"AQ==","speech":[]},"customer":{"peaks":"AQ==","speech":[]},"overtalk":[],"partiesKnown":true}'
from conversations;
insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select tenant_id, conversation_id, revision, search_words(transcript_json), search_terms(members) from conversation_contents;
insert into erased_conversations (tenant_id, id, connector_id, version)
select tenant_id, '00000000-0000-7000-8000-000000000010', id, 2 from connectors where name = 'Calls';
insert into usage_days (tenant_id, day, files, bytes) select 'owner', utc_day(), 7, 7777;
insert into work_items (tenant_id, kind, key, payload, state, error_code, error_detail) values ('owner', 'resolve', 'dead', '{}', 'dead', 'attempts_exhausted', 'x');
