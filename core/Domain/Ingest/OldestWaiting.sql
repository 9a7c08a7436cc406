-- $1 tenant, $2 format, $3 the most bytes that a file may have, $4 the file that asks, $5 at most
-- The files that may be charged next, oldest first: those whose work can be claimed, and those that another day deferred.
-- What waits in a closed lane keeps nobody waiting, and neither does what nobody is there to read.
select w.id, w.etag, w.size, w.connector_id, w.source_id, w.has_work
from (
    (select f.id, f.etag, f.size, f.connector_id, f.source_id, f.last_modified, f.key, f.has_work
     from sources s
     cross join lateral (
         select f.id, f.etag, f.size, f.connector_id, f.source_id, f.last_modified, f.key, i.id is not null as has_work
         from files f
         left join lateral (
             select i.id, i.state, i.lane from work_items i
             where i.tenant_id = f.tenant_id and i.kind = 'file' and i.key = replace(f.id::text, '-', '') || ':' || f.etag
             offset 0 -- see docs/decisions
         ) i on true
         where f.tenant_id = $1 and f.source_id = s.id and f.status in ('discovered', 'deferred', 'processing') and not f.removed
           and f.id <> $4 and f.size <= $3
           and not exists (
               select from quota_charges c
               where c.tenant_id = f.tenant_id and c.file_id = f.id and c.etag = f.etag
               offset 0 -- see docs/decisions
           )
           and (i.id is null and f.status = 'deferred' or i.state in ('available', 'running'))
           and not exists (select from work_lanes l where l.lane = coalesce(i.lane, f.connector_id) and l.closed)
         order by f.last_modified, f.key
         limit $5
     ) f
     where s.tenant_id = $1 and s.format = $2
       and exists (select from connectors c where c.tenant_id = $1 and c.source_id = s.id and c.deleted_at is null))
    union all
    select f.id, f.etag, f.size, f.connector_id, f.source_id, f.last_modified, f.key, true
    from files f
    where f.tenant_id = $1 and f.id = $4
) w
order by w.last_modified, w.key, w.id
limit $5
