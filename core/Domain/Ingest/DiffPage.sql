-- What a listing page says that the ledger does not know yet. The page covers the keys after $4 up to $5 (null: to the end of the prefix).
with listed as (
    select * from unnest($6::text[], $7::text[]) as l (key, etag)
), known as (
    select tenant_id, id, key, etag, status, removed, error_code, batch_id
    from files
    where tenant_id = $1 and source_id = $2
      and key >= $3 collate "C" and key > $4 collate "C" and ($5::text is null or key <= $5 collate "C")
      and starts_with(key, $3)
)
select coalesce(l.key, k.key), l.key is not null, k.id is not null
from listed l
full join known k on k.key = l.key collate "C"
left join batches b on b.tenant_id = k.tenant_id and b.id = k.batch_id
where k.id is null
   or l.key is null and not k.removed
   or l.etag <> k.etag
   or l.key is not null and k.removed
   -- What waits to be read is asked for again, in case its work was lost with its connector; what is being read is not.
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
