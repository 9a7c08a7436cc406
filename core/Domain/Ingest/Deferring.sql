-- The tenants and formats that have deferred files, with their limit and whether today is over for them.
select q.tenant_id, q.format, q.bytes_a_day, d.ended_limit
from quotas q
left join quota_days d on d.tenant_id = q.tenant_id and d.format = q.format and d.day = utc_day()
where exists (
    select from sources s
    join files f on f.tenant_id = q.tenant_id and f.source_id = s.id and f.status = 'deferred' and not f.removed
    where s.tenant_id = q.tenant_id and s.format = q.format)
