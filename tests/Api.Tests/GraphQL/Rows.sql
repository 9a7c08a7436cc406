-- What queries ask for beside the rows of PlanRows.sql: transcripts with what they are found by, batches, call records and sales.
update conversation_contents c set
    transcript_json = json_build_object('utterances', json_build_array(
        json_build_object('index', 0, 'role', 'customer', 'startMs', 0, 'text', 'My refund of ' || v.external_id || ' never came, ' || v.tenant_id),
        json_build_object('index', 1, 'role', 'agent', 'startMs', 4000, 'endMs', 5000, 'text', E'The "Café"\n said so.', 'confidence', 0.5))),
    members = json_build_object('user_data', json_build_object('plan', case when v.external_id like '%7' then 'Gold' else 'Silver' end))
from conversations v
where v.tenant_id = c.tenant_id and v.id = c.conversation_id and c.revision = v.revision and v.started_at > now() - interval '300 minutes';
insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select tenant_id, conversation_id, revision, search_words(transcript_json), search_terms(members)
from conversation_contents where transcript_json is not null;
update conversations set duration_ms = 1000 * (1 + line), utterances = 2, turns = 2, agent_messages = 1, customer_messages = 1, bot_messages = 0,
    system_messages = 0, agent_words = 4, customer_words = 8, bot_words = 0
where status = 'completed' and started_at > now() - interval '4000 minutes';
update conversations v set queue_id = q.id from queues q where q.tenant_id = v.tenant_id and q.name = 'Queue ' || (1 + length(v.external_id));
update conversations v set agent_id = a.id from agents a where a.tenant_id = v.tenant_id and a.name = 'Agent ' || (1 + length(v.external_id));

insert into feeds (id, tenant_id, source_id, root, name) select md5('feed' || t)::uuid, 'plan-' || t, md5('source' || t)::uuid, 'p/', 'calls' from generate_series(1, 4) t;
insert into batches (id, tenant_id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, version, discovered_at, updated_at)
select md5('batch' || t || '-' || n)::uuid, 'plan-' || t, md5('source' || t)::uuid, md5('connector' || t || '-' || (2 + n % 299))::uuid,
    'p/calls/dt=' || n, 'calls', 'call_center_issues', 'csv', false, n::text, date '2026-01-01' + n % 300,
    case when n % 100 = 0 then 'awaiting_marker' else 'imported' end, 1, now() - n * interval '1 hour', now()
from generate_series(1, 4) t, generate_series(1, 2000) n;
insert into feed_imports (id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, state, files_hash, progress)
select md5('import' || t || '-' || n)::uuid, 'plan-' || t, md5('feed' || t)::uuid, md5('batch' || t || '-' || n)::uuid, md5('connector' || t || '-2')::uuid,
    'n', 'call_center_issues', n::text, false, date '2026-01-01' + n, 'm', now(), case when n <= 5 then 'current' else 'retired' end, '', '{}'
from generate_series(1, 4) t, generate_series(1, 10) n;
insert into call_records (tenant_id, id, import_id, connector_id, conversation_id, file_id, line, namespace, customer_id, external_id, call_start, call_end, time_in_queue)
select 'plan-' || t, md5('call' || t || '-' || n)::uuid, md5('import' || t || '-' || (1 + n % 10))::uuid, md5('connector' || t || '-2')::uuid, md5('c-' || n)::uuid,
    f.id, n, 'n', 'customer-' || n % 500, 'c-' || n,
    now() - n * interval '1 minute', now(), n
from generate_series(1, 4) t join files f on f.tenant_id = 'plan-' || t and f.key = 'p/1.csv', generate_series(1, 5000) n;
insert into sales (tenant_id, id, import_id, connector_id, file_id, line, namespace, transaction_id, transaction_line, transaction_time, external_customer_id, issue_id, external_session_id, product_id, product_quantity, product_value_one_time)
select 'plan-' || t, md5('sale' || t || '-' || n)::uuid, md5('import' || t || '-' || (1 + n % 10))::uuid, md5('connector' || t || '-2')::uuid,
    f.id, n, 'n', 'transaction-' || n, 1,
    now() - n * interval '1 minute', 'customer-' || n % 500, 'c-' || n, 's-' || n, 'product-' || n % 20, 1, 9.90
from generate_series(1, 4) t join files f on f.tenant_id = 'plan-' || t and f.key = 'p/1.csv', generate_series(1, 5000) n;
update files f set batch_id = b.id from batches b where b.tenant_id = f.tenant_id and b.path = 'p/calls/dt=' || length(f.key);
