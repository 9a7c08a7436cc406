-- What a listing page says that the ledger does not know yet. The page covers the keys after $4 up to $5 (null: to the end of the prefix).
with listed as (
    select * from unnest($6::text[], $7::text[], $8::bigint[], $9::timestamptz[]) as l (key, etag, size, last_modified)
), known as (
    select id, key, etag, status, removed
    from files
    where tenant_id = $1 and source_id = $2
      and key >= $3 collate "C" and key > $4 collate "C" and ($5::text is null or key <= $5 collate "C")
      and starts_with(key, $3)
)
select coalesce(l.key, k.key), l.etag, l.size, l.last_modified, k.id
from listed l
full join known k on k.key = l.key collate "C"
where k.id is null
   or l.key is null and not k.removed
   or l.etag <> k.etag
   or l.key is not null and k.removed
   -- What waits to be read is asked for again, in case its work was lost with its connector; what is being read is not.
   or l.key is not null and k.status in ('discovered', 'processing') and not exists (
        select from work_items w
        where w.tenant_id = $1 and w.kind = 'file' and w.key = replace(k.id::text, '-', '') || ':' || k.etag and w.state = 'running')
