-- Gives rows that were written anew the times of their events: $1 tenant, $2 ids; for each when it was received, changed,
-- completed, held and erased.
with moments as materialized (
    select $1::text as tenant_id, m.*
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
        as m (id, received_at, updated_at, completed_at, held_at, erased_at)
),
erased as (
    update erased_conversations e set erased_at = m.erased_at
    from moments m
    where e.tenant_id = m.tenant_id and e.id = m.id
)
update conversations c
set received_at = m.received_at, updated_at = m.updated_at, completed_at = m.completed_at, held_at = m.held_at
from moments m
where c.tenant_id = m.tenant_id and c.id = m.id
