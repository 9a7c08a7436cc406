-- $1 tenant, $2 connector, $3 from, $4 to, $5 after which, $6 at most
-- Those of the connector's source below its path, whichever connector saw them last.
select b.id
from connectors c
cross join lateral (
    select b.id, b.path, b.date, b.sealed_at from batches b where b.tenant_id = c.tenant_id and b.source_id = c.source_id and b.id > $5 offset 0
) b
where c.tenant_id = $1 and c.id = $2
  and starts_with('s3://' || split_part(c.settings #>> '{source,paths,path}', '/', 3) || '/' || b.path, c.settings #>> '{source,paths,path}')
  and b.sealed_at is not null
  and coalesce(b.date, (b.sealed_at at time zone 'utc')::date) between $3 and $4
order by b.id
limit $6
