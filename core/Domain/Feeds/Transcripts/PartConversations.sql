select distinct on (p.conversation_id) p.conversation_id, p.external_id
from (select $1 as tenant_id, id from unnest($2::uuid[]) as i (id) offset 0) i -- see docs/decisions
cross join lateral (
    select conversation_id, external_id
    from feed_parts
    where tenant_id = i.tenant_id and import_id = i.id and conversation_id > $3
    order by conversation_id
    limit $4
) p
order by p.conversation_id
limit $4
