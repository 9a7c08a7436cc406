select distinct on (r.conversation_id) r.conversation_id, r.file_id, r.etag, r.key, i.sealed_at, i.connector_id
from (select $1 as tenant_id, id from unnest($2::uuid[]) as c (id) offset 0) c -- see docs/decisions
join feed_recordings r on r.tenant_id = c.tenant_id and r.conversation_id = c.id
join feed_imports i on i.id = r.import_id and i.state = 'current'
order by r.conversation_id, i.date desc, i.sealed_at desc, i.id desc
