-- How many rows a tenant's import has left in each table, and a checksum of everything in them that two imports of the same
-- file share: all but generated ids, times of storing, and the content hash, which is defined by the product alone.
with conversation as (
    select v.id, v.external_id,
        md5((to_jsonb(v) - '{id,tenant_id,connector_id,file_id,namespace,agent_id,received_at,updated_at,completed_at}'::text[])::text) as sum
    from qi.conversations v where v.tenant_id = $1
), content as (
    select md5(jsonb_build_array(c.parsed - 'contentHash', c.transcript_json, c.members)::text || c.transcript_json::text || c.members::text) as sum,
        v.external_id, c.revision
    from qi.conversation_contents c join conversation v on v.id = c.conversation_id where c.tenant_id = $1
), event as (
    select md5(e.type || ((e.data #- '{origin,fileId}' #- '{origin,lastModified}' #- '{origin,etag}' #- '{origin,key}')
        - '{connectorId,sourceId,namespace,agentId,contentHash,etag,key,lastModified}'::text[])::text) as sum,
        coalesce(v.external_id, 'file') as external_id, e.version
    from events.mt_events e left join conversation v on v.id = e.stream_id
    join events.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id and s.type in ('conversation', 'file')
    where e.tenant_id = $1
)
select 'conversations', count(*), md5(string_agg(sum, '' order by external_id)) from conversation
union all select 'contents', count(*), md5(string_agg(sum, '' order by external_id, revision)) from content
union all select 'events', count(*), md5(string_agg(sum, '' order by external_id, version)) from event
union all select 'streams', count(*), md5(string_agg(type || version, '' order by type, version))
    from events.mt_streams where tenant_id = $1 and type in ('conversation', 'file')
union all select 'files', count(*), md5(string_agg(status || rows_read || accepted || size || version, '')) from qi.files where tenant_id = $1
union all select 'usage', count(*), md5(string_agg(files || '/' || bytes, '')) from qi.usage_days where tenant_id = $1
