-- What these keys, asked for one by one, say that the ledger does not know yet. $3 are all keys; $4 and $5 the objects that are there.
with listed as (
    select * from unnest($4::text[], $5::text[]) as l (key, etag)
), asked as (
    select $1 as tenant_id, key from unnest($3::text[]) as a (key) offset 0 -- offset 0: see docs/decisions
), known as (
    select k.tenant_id, k.id, k.key, k.etag, k.status, k.removed, k.error_code, k.batch_id
    from asked a
    join files k on k.tenant_id = a.tenant_id and k.source_id = $2 and k.key = a.key collate "C"
)
select coalesce(l.key, k.key), l.key is not null, k.id is not null
from listed l
full join known k on k.key = l.key collate "C"
left join batches b on b.tenant_id = k.tenant_id and b.id = k.batch_id
where k.id is null
   or l.key is null and not k.removed
   or l.etag <> k.etag
   or l.key is not null and k.removed
   -- As in DiffPage.sql.
   or l.key is not null and k.batch_id is null and k.status in ('discovered', 'processing') and not exists (
        select from work_items w
        where w.tenant_id = $1 and w.kind = 'file' and w.key = replace(k.id::text, '-', '') || ':' || k.etag and w.state = 'running')
   -- So is a batch that has not been looked at, that has not been taken to its end, or whose marker says that it should be.
   or l.key is not null and k.batch_id is not null and (
            b.id is null
            or b.status = 'importing'
            or (k.error_code = 'batch_marker' or b.path = k.key) and b.marker is distinct from k.etag)
        and not exists (
            select from work_items w
            where w.tenant_id = $1 and w.kind = 'batch' and w.key = replace(k.batch_id::text, '-', '') and w.state = 'running')
