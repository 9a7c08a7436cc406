update work_items w set error_code = null, error_detail = null
from (
    select $1::text as tenant_id, kind, key from unnest($2::text[]) as k (kind) cross join unnest($3::text[]) as n (key) offset 0 -- see docs/decisions
) d
where w.tenant_id = d.tenant_id and w.kind = d.kind and w.key = d.key and w.state = 'running'
