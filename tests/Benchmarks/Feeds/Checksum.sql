-- How many rows a tenant's import has left in each table, and a checksum of everything in them that two imports of the same
-- files share: all but generated ids, times of storing, and the content hash, which is defined by the product alone. Both
-- derive a conversation's id from its identity.
select 'conversations' as "table", count(*), md5(string_agg(md5(
        (to_jsonb(v) - '{tenant_id,connector_id,file_id,received_at,updated_at,completed_at}'::text[])::text), '' order by id))
from qi.conversations v where tenant_id = $1
union all
select 'contents', count(*), md5(string_agg(md5((parsed - 'contentHash')::text || transcript_json::text || revision), '' order by conversation_id))
from qi.conversation_contents where tenant_id = $1
union all
select 'search', count(*), md5(string_agg(md5(revision || words::text || coalesce(attributes::text, '')), '' order by conversation_id))
from qi.conversation_search where tenant_id = $1
union all
select 'parts', count(*), md5(string_agg(md5(
        (to_jsonb(p) - '{tenant_id,import_id,file_id,etag,content}'::text[])::text || content::text), '' order by conversation_id))
from qi.feed_parts p where tenant_id = $1
union all
select 'events', count(*), md5(string_agg(md5(e.stream_id || e.type || e.version
        || ((e.data #- '{origin,fileId}' #- '{origin,lastModified}' #- '{origin,etag}') - '{connectorId,contentHash}'::text[])::text),
    '' order by e.seq_id))
from events.mt_events e where tenant_id = $1 and type like 'conversation%' or tenant_id = $1 and type = 'transcript_attached'
union all
select 'events of files and batches', count(*), md5(string_agg(md5(type
        || (data - '{connectorId,sourceId,etag,lastModified,batchId,importId,marker,sealedAt}'::text[])::text), '' order by type, data ->> 'key', data ->> 'counts'))
from events.mt_events where tenant_id = $1 and (type like 'file%' or type like 'batch%')
union all
select 'streams', count(*), md5(string_agg(type || version, '' order by type, version))
from events.mt_streams where tenant_id = $1 and type in ('conversation', 'file', 'batch')
union all
select 'files', count(*), md5(string_agg(key || status || coalesce(error_code, '') || rows_read || accepted || size || version, '' order by key))
from qi.files where tenant_id = $1
union all
select 'batches', count(*), md5(string_agg(
    (to_jsonb(b) - '{id,tenant_id,source_id,connector_id,marker,sealed_at,import_id,discovered_at,updated_at,imported_at}'::text[])::text, ''))
from qi.batches b where tenant_id = $1
union all
select 'imports', count(*), md5(string_agg(kind || partition || snapshot || date || state || rows, '')) from qi.feed_imports where tenant_id = $1
union all
select 'feeds', count(*), md5(string_agg(root || name, '')) from qi.feeds where tenant_id = $1
union all
select 'staged', (select count(*) from qi.feed_messages where tenant_id = $1) + (select count(*) from qi.feed_staged_files where tenant_id = $1)
    + (select count(*) from qi.feed_staged_sizes where tenant_id = $1), null
union all
select 'usage', count(*), md5(string_agg(files || '/' || bytes, '')) from qi.usage_days where tenant_id = $1
order by 1
