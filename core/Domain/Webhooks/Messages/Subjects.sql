-- What streams are about: $1 tenant, $2 streams. Their names as their sources give them, and their connectors.
with asked as (
    select $1 as tenant_id, id from unnest($2::uuid[]) as a (id) offset 0 -- see docs/decisions
)
select c.id, c.external_id, c.connector_id
from asked a join conversations c on c.id = a.id and c.tenant_id = a.tenant_id
union all
select e.id, null, e.connector_id
from asked a join erased_conversations e on e.id = a.id and e.tenant_id = a.tenant_id
union all
select f.id, f.key, f.connector_id
from asked a join files f on f.id = a.id and f.tenant_id = a.tenant_id
union all
select b.id, b.path, b.connector_id
from asked a join batches b on b.id = a.id and b.tenant_id = a.tenant_id
