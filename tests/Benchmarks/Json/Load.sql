-- The same file, loaded by hand: what an administrator with psql would write who wanted the same rows in the same tables and
-- indexes. It takes the file as sound and knows what is in it: no faults, no known conversations, messages in order, two
-- speakers, one field that the product has no place for in messages and two in conversations, times without fractions. It
-- commits once. Values are the product's own, but for generated ids and the content hash, which here is of the line.
set search_path = qi;
set work_mem = '256MB';
begin;

create temp table line (n bigint generated always as identity, doc json) on commit drop;
copy line (doc) from :'file0' (format csv, quote e'\x01', delimiter e'\x02');
analyze line;

-- The name-based ids of core/Domain/Ids.cs.
create temp table chat on commit drop as
select l.n, c.*, a.id as agent, encode(set_byte(set_byte(h.d, 6, get_byte(h.d, 6) & 15 | 128), 8, get_byte(h.d, 8) & 63 | 128), 'hex')::uuid as id,
    encode(sha256(convert_to(l.doc::text, 'UTF8')), 'hex') as content_hash,
    '{' || concat_ws(',', '"missing_info":' || c.missing_info, '"user_data":' || c.user_data) || '}' as members
from line l
cross join lateral json_to_record(l.doc) as c (
    conversation_id text, agent_id text, "timestamp" timestamptz, is_resolved boolean, csat_score numeric,
    missing_info json, user_data json, messages json)
cross join lateral (select substring(sha256(
    int4send(12) || 'conversation' || int4send(octet_length(:'tenant')) || convert_to(:'tenant', 'UTF8')
    || int4send(octet_length(:'tenant')) || convert_to(:'tenant', 'UTF8')
    || int4send(octet_length(c.agent_id)) || convert_to(c.agent_id, 'UTF8')
    || int4send(octet_length(c.conversation_id)) || convert_to(c.conversation_id, 'UTF8')) from 1 for 16) as d) h
left join agents a on a.tenant_id = :'tenant' and a.external_id = c.agent_id;
analyze chat;

create temp table message on commit drop as
select m.*, c.n, m.place - 1 as index, extract(epoch from m."timestamp" - c."timestamp")::bigint * 1000 as start_ms,
    regexp_count(m.content, '[^\s]*[[:alnum:]][^\s]*') as words,
    m.role is distinct from lag(m.role) over w as turns,
    row_number() over (partition by c.n, m.sender_id, m.role order by m.place) = 1 as first,
    count(*) filter (where m.role = 'agent') over (w rows between unbounded preceding and 1 preceding) as answers_before
from chat c
cross join lateral rows from (json_to_recordset(c.messages) as (
    message_id text, role text, sender_id text, content text, "timestamp" timestamptz, logs json)) with ordinality
    as m (message_id, role, sender_id, content, "timestamp", logs, place)
window w as (partition by c.n order by m.place);
analyze message;

create temp table told on commit drop as
select n, max("timestamp") as ended_at,
    '{"utterances":[' || string_agg(
        '{"index":' || index || ',"role":"' || role || '","participantId":' || to_json(sender_id) || ',"messageId":' || to_json(message_id)
        || ',"startMs":' || start_ms || ',"at":"' || to_char("timestamp" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        || '","text":' || to_json(content) || coalesce(',"attributes":{"logs":' || logs || '}', '') || '}', ',' order by index)
    || '],"participants":['
    || string_agg('{"id":' || to_json(sender_id) || ',"role":"' || role || '"}', ',' order by index) filter (where first) || ']}' as transcript,
    count(*) as utterances, count(*) filter (where turns) as turns,
    count(*) filter (where role = 'agent') as agent_messages, count(*) filter (where role = 'customer') as customer_messages,
    coalesce(sum(words) filter (where role = 'agent'), 0) as agent_words, coalesce(sum(words) filter (where role = 'customer'), 0) as customer_words
from message group by n;
analyze told;

create temp table response on commit drop as
select n, min(answered - asked) filter (where answers_before = 0) as first_ms, round(avg(answered - asked)) as mean_ms
from (
    select n, answers_before, min(start_ms) filter (where role = 'customer') as asked, min(start_ms) filter (where role = 'agent') as answered
    from message group by n, answers_before
) wait
where answered is not null and asked is not null
group by n;
analyze response;

create temp table file on commit drop as
select md5(:'tenant' || 'chats/day.jsonl')::uuid as id, md5(:'tenant')::uuid as source, md5('connector' || :'tenant')::uuid as connector,
    'chats/day.jsonl' as key, md5('chats/day.jsonl') as etag, :size0::bigint as size, now() as modified, count(*) as rows
from line;

insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, rows_read, accepted, version,
    discovered_at, updated_at, seen_at)
select id, :'tenant', source, connector, key, etag, size, modified, 'ingested', rows, rows, 3, now(), now(), now() from file;
insert into usage_days (tenant_id, day, files, bytes) select :'tenant', (now() at time zone 'utc')::date, 1, size from file;

insert into events.mt_streams (tenant_id, id, type, version)
select :'tenant', id, 'file', 3 from file
union all
select :'tenant', id, 'conversation', 3 from chat;

insert into events.mt_events (tenant_id, stream_id, version, id, type, data)
select :'tenant', e.stream_id, e.version, gen_random_uuid(), e.type, e.data
from (
    select 0 as n, f.id as stream_id, e.*
    from file f cross join lateral (values
        (1, 'file_discovered', jsonb_build_object('key', f.key, 'etag', f.etag, 'size', f.size, 'sourceId', f.source, 'connectorId', f.connector,
            'lastModified', f.modified)),
        (2, 'file_started', jsonb_build_object('etag', f.etag)),
        (3, 'file_ingested', jsonb_build_object('etag', f.etag, 'counts', jsonb_build_object(
            'held', 0, 'erased', 0, 'accepted', f.rows, 'rejected', 0, 'rowsRead', f.rows, 'duplicate', 0, 'superseded', 0)))) as e (version, type, data)
    union all
    select c.n, c.id, e.*
    from chat c join told t using (n) left join response r using (n) cross join file f cross join lateral (values
        (1, 'conversation_received', jsonb_build_object(
            'origin', jsonb_build_object('key', f.key, 'etag', f.etag, 'line', c.n, 'fileId', f.id, 'lastModified', f.modified),
            'agentId', c.agent, 'revision', 1, 'warnings', '[]'::jsonb, 'namespace', :'tenant', 'connectorId', f.connector,
            'contentHash', c.content_hash, 'recordingType', 'transcription')),
        (2, 'transcript_attached', jsonb_build_object(
            'bytes', octet_length(t.transcript), 'revision', 1, 'utterances', t.utterances, 'skippedPhrases', 0)),
        (3, 'conversation_completed', jsonb_build_object('revision', 1, 'warnings', '[]'::jsonb, 'metrics', jsonb_strip_nulls(jsonb_build_object(
            'turns', t.turns, 'botWords', 0, 'agentWords', t.agent_words, 'durationMs', extract(epoch from t.ended_at - c."timestamp")::bigint * 1000,
            'utterances', t.utterances, 'botMessages', 0, 'agentMessages', t.agent_messages, 'customerWords', t.customer_words,
            'meanResponseMs', r.mean_ms, 'systemMessages', 0, 'firstResponseMs', r.first_ms, 'customerMessages', t.customer_messages))))) as e (version, type, data)
) e
order by e.n, e.version;

insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript_json, members)
select :'tenant', c.id, 1, jsonb_build_object(
        'line', c.n, 'place', jsonb_build_object('line', c.n), 'agentId', c.agent_id, 'channel', 'chat', 'endedAt', t.ended_at, 'language', 'en',
        'warnings', '[]'::jsonb, 'agentPart', c.agent_id, 'csatScore', c.csat_score, 'startedAt', c."timestamp", 'attributes', '[]'::jsonb,
        'externalId', c.conversation_id, 'isResolved', c.is_resolved, 'contentHash', c.content_hash, 'agentChannel', 0, 'languageBase', 'en',
        'recordingType', 'transcription', 'customerChannel', 1, 'languageAssumed', false),
    t.transcript::json, c.members::json
from chat c join told t using (n);

insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select :'tenant', c.id, 1, search_words(t.transcript::json), search_terms(c.members::json) from chat c join told t using (n);

insert into conversations (
    tenant_id, id, connector_id, file_id, namespace, agent_part, external_id, line, revision, status, channel, recording_type, analytics_level,
    agent_id, language, language_base, started_at, ended_at,
    duration_ms, utterances, turns, agent_messages, customer_messages, bot_messages, system_messages, agent_words, customer_words, bot_words,
    first_response_ms, mean_response_ms, external_agent_id, is_resolved, csat_score, place_line, version, received_at, updated_at, completed_at)
select :'tenant', c.id, f.connector, f.id, :'tenant', c.agent_id, c.conversation_id, c.n, 1, 'completed', 'chat', 'transcription', 'full_text',
    c.agent, 'en', 'en', c."timestamp", t.ended_at,
    extract(epoch from t.ended_at - c."timestamp")::bigint * 1000, t.utterances, t.turns, t.agent_messages, t.customer_messages, 0, 0,
    t.agent_words, t.customer_words, 0, r.first_ms, r.mean_ms, c.agent_id, c.is_resolved, c.csat_score, c.n, 3, now(), now(), now()
from chat c join told t using (n) left join response r using (n) cross join file f;

commit;
