select v.id
from conversations v
where v.tenant_id = $1
  and ($2::uuid is null or v.connector_id = $2)
  and ($3::text is null or v.status = $3)
  and ($4::text is null or v.error_code = $4)
  and v.id > $5
order by v.id
limit $6
