-- $1 tenant or null, $2 kind or null, $3 id after which, $4 at most
select id, tenant_id, kind, key, lane, payload::text, attempts, error_code, error_detail, created_at, updated_at
from work_items
where state = 'dead'
  and ($1::text is null or tenant_id = $1)
  and ($2::text is null or kind = $2)
  and id > $3
order by id
limit $4
