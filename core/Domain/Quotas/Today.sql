-- $1 tenant, $2 formats, $3 their general limits
select l.format, t.day, coalesce(d.files, 0), coalesce(d.bytes, 0), l.bytes_a_day, w.files, w.bytes,
       coalesce(d.ended_limit >= l.bytes_a_day, false)
from (select utc_day() as day) t
cross join (
    select g.format, coalesce(q.bytes_a_day, g.bytes_a_day) as bytes_a_day
    from unnest($2::text[], $3::bigint[]) as g (format, bytes_a_day)
    left join quotas q on q.tenant_id = $1 and q.format = g.format
) l
left join quota_days d on d.tenant_id = $1 and d.format = l.format and d.day = t.day
cross join lateral (
    select count(f.size) as files, coalesce(sum(f.size), 0)::bigint as bytes
    from sources s
    join files f on f.tenant_id = $1 and f.source_id = s.id and f.status = 'deferred' and not f.removed
    where s.tenant_id = $1 and s.format = l.format
) w
order by l.format
