select p.conversation_id, p.file_id, p.etag, f.key, i.sealed_at, p.line, i.connector_id, p.started_at, p.ended_at, p.messages, p.bytes,
    p.warnings, case when p.conversation_id <> all($3) then p.content end
from (select $1 as tenant_id, id from unnest($2::uuid[]) as c (id) offset 0) c -- see docs/decisions
join feed_parts p on p.tenant_id = c.tenant_id and p.conversation_id = c.id
join feed_imports i on i.id = p.import_id and i.state = 'current'
join files f on f.id = p.file_id
order by i.date, i.snapshot desc, i.partition, i.feed_id
