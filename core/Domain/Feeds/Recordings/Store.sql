-- Stores one file as the recording of its conversation in an import, in the place of an earlier file of the same import that has
-- other bytes. Tells whether there was one, and whether this one is stored.
with before as (
    select etag, size from feed_recordings where tenant_id = $1 and import_id = $2 and conversation_id = $3
),
written as (
    insert into feed_recordings as r (
        tenant_id, import_id, conversation_id, external_id, file_id, key, etag, size, last_modified)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (tenant_id, import_id, conversation_id) do update set
        file_id = excluded.file_id, key = excluded.key, etag = excluded.etag, size = excluded.size, last_modified = excluded.last_modified
    where (r.etag, r.size) is distinct from (excluded.etag, excluded.size)
    returning 1
)
select exists (select from before), exists (select from written)
