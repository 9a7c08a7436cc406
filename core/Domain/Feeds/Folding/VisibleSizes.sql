select p.conversation_id, sum(p.bytes)::bigint
from (select $1 as tenant_id, id from unnest($2::uuid[]) as c (id) offset 0) c -- see docs/decisions
join feed_parts p on p.tenant_id = c.tenant_id and p.conversation_id = c.id
join feed_imports i on i.id = p.import_id and i.state = 'current'
group by p.conversation_id
