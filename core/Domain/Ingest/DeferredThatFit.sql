-- $1 tenant, $2 format, $3 limit, or null where there is none any more, $4 at most
-- The oldest deferred files that nobody has asked for yet and that today's rest holds, and those that no day will ever hold.
-- A day that is over holds nothing more.
select w.id, w.etag, w.connector_id, w.source_id
from (
    select f.id, f.etag, f.size, f.connector_id, f.source_id, f.last_modified, f.key,
           sum(case when f.size <= $3 then f.size else 0 end) over (order by f.last_modified, f.key, f.id) as up_to
    from sources s
    join files f on f.tenant_id = $1 and f.source_id = s.id and f.status = 'deferred' and not f.removed
    left join lateral (
        select i.id from work_items i
        where i.tenant_id = f.tenant_id and i.kind = 'file' and i.key = replace(f.id::text, '-', '') || ':' || f.etag
        offset 0 -- see docs/decisions
    ) i on true
    where s.tenant_id = $1 and s.format = $2
      and exists (select from connectors c where c.tenant_id = $1 and c.source_id = s.id and c.deleted_at is null)
      and not exists (select from work_lanes l where l.lane = f.connector_id and l.closed)
      and i.id is null
) w
left join quota_days d on d.tenant_id = $1 and d.format = $2 and d.day = utc_day()
where $3::bigint is null or w.size > $3
   or coalesce(d.ended_limit < $3, true) and w.up_to + coalesce(d.bytes, 0) <= $3
order by w.last_modified, w.key, w.id
limit $4
