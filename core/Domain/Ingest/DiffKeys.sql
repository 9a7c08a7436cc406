-- What these keys, asked for one by one, say that the ledger does not know yet. $3 are all keys; $4 to $7 the objects that are there.
with listed as (
    select * from unnest($4::text[], $5::text[], $6::bigint[], $7::timestamptz[]) as l (key, etag, size, last_modified)
), asked as (
    select $1 as tenant_id, key from unnest($3::text[]) as a (key) offset 0 -- offset 0: see docs/decisions
), known as (
    select k.id, k.key, k.etag, k.status, k.removed
    from asked a
    join files k on k.tenant_id = a.tenant_id and k.source_id = $2 and k.key = a.key collate "C"
)
select coalesce(l.key, k.key), l.etag, l.size, l.last_modified, k.id
from listed l
full join known k on k.key = l.key collate "C"
where k.id is null
   or l.key is null and not k.removed
   or l.etag <> k.etag
   or l.key is not null and k.removed
   -- As in DiffPage.sql.
   or l.key is not null and k.status in ('discovered', 'processing') and not exists (
        select from work_items w
        where w.tenant_id = $1 and w.kind = 'file' and w.key = replace(k.id::text, '-', '') || ':' || k.etag and w.state = 'running')
