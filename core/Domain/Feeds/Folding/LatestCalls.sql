select distinct on (r.external_id) r.external_id, r.call_start, r.call_end, i.sealed_at
from (select $1 as tenant_id, $2 as namespace, external_id from unnest($3::text[]) as c (external_id) offset 0) c -- see docs/decisions
join call_records r on r.tenant_id = c.tenant_id and r.external_id = c.external_id and r.namespace = c.namespace
join feed_imports i on i.id = r.import_id and i.state = 'current'
order by r.external_id, i.date desc, i.sealed_at desc, i.id desc, r.call_start desc, r.id
