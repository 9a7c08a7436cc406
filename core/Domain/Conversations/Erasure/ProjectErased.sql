-- Writes what is left of erased conversations, in the place of their rows.
with gone as (
    delete from conversations c
    using (select $1 as tenant_id, id from unnest($2::uuid[]) as e (id) offset 0) e -- see docs/decisions
    where c.tenant_id = e.tenant_id and c.id = e.id
)
insert into erased_conversations (tenant_id, id, connector_id, name, lifted, version)
select $1, e.*
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::boolean[], $6::bigint[]) as e
on conflict (tenant_id, id) do update set lifted = excluded.lifted, name = excluded.name, version = excluded.version
