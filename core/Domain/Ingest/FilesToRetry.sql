select f.id
from files f
where f.tenant_id = $1
  and ($2::uuid is null or f.connector_id = $2)
  and ($3::text is null or f.status = $3)
  and ($4::text is null or f.error_code = $4 or exists (
        select 1 from file_rejections r where r.tenant_id = f.tenant_id and r.file_id = f.id and r.code = $4))
  and f.id > $5
order by f.id
limit $6
