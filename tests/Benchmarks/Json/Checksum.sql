-- How many rows a tenant's import has left in each table, and a checksum of everything in them that two imports of the same
-- file share: all but generated ids, times of storing, and the content hash, which is defined by the product alone.
select 'conversations', count(*), md5(string_agg(md5(
        (to_jsonb(v) - '{id,tenant_id,connector_id,file_id,namespace,agent_id,received_at,updated_at,completed_at}'::text[])::text),
    '' order by external_id))
from qi.conversations v where tenant_id = $1
union all
select 'contents', count(*), md5(string_agg(md5(
        (parsed - 'contentHash')::text || transcript_json::text || coalesce(members::text, '') || revision),
    '' order by parsed ->> 'externalId', revision))
from qi.conversation_contents where tenant_id = $1
union all
select 'search', count(*), md5(string_agg(md5(s.revision || s.words::text || coalesce(s.attributes::text, '')), '' order by v.external_id))
from qi.conversation_search s join qi.conversations v on v.tenant_id = s.tenant_id and v.id = s.conversation_id
where s.tenant_id = $1
union all
select 'events', count(*), md5(string_agg(md5(type || version
        || ((data #- '{origin,fileId}' #- '{origin,lastModified}' #- '{origin,etag}' #- '{origin,key}')
            - '{connectorId,sourceId,namespace,agentId,contentHash,etag,key,lastModified}'::text[])::text),
    '' order by seq_id))
from events.mt_events where tenant_id = $1 and type not like 'scan%' and type not like 'file%'
union all
select 'events of files', count(*), md5(string_agg(md5(type || version
        || (data - '{connectorId,sourceId,etag,key,lastModified}'::text[])::text), '' order by seq_id))
from events.mt_events where tenant_id = $1 and type like 'file%'
union all
select 'streams', count(*), md5(string_agg(type || version, '' order by type, version))
from events.mt_streams where tenant_id = $1 and type in ('conversation', 'file')
union all
select 'files', count(*), md5(string_agg(status || rows_read || accepted || size || version, '')) from qi.files where tenant_id = $1
union all
select 'usage', count(*), md5(string_agg(files || '/' || bytes, '')) from qi.usage_days where tenant_id = $1
order by 1
