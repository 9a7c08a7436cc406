select m.conversation_id, sum(octet_length(m.text) + coalesce(octet_length(m.attributes::text), 0) + 64)::bigint
from feed_messages m
where m.tenant_id = $1 and m.import_id = $2 and m.conversation_id = any($3)
group by m.conversation_id
