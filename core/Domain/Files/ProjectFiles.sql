insert into files (
    tenant_id, id, source_id, connector_id, key, etag, size, last_modified, status, removed,
    error_code, error_detail, retryable,
    rows_read, accepted, held, duplicate, superseded, erased, rejected,
    version, batch_id, discovered_at, updated_at, seen_at)
select
    $1, s.id, s.source_id, s.connector_id, s.key, s.etag, s.size, s.last_modified, s.status, s.removed,
    s.error_code, s.error_detail, s.retryable,
    c."rowsRead", c.accepted, c.held, c.duplicate, c.superseded, c.erased, c.rejected,
    s.version, s.batch_id, now(), now(), now()
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[], $9::text[], $10::boolean[],
            $11::text[], $12::text[], $13::boolean[], $14::jsonb[], $15::bigint[], $16::uuid[])
    as s (id, source_id, connector_id, key, etag, size, last_modified, status, removed,
          error_code, error_detail, retryable, counts, version, batch_id)
cross join lateral jsonb_to_record(s.counts)
    as c ("rowsRead" bigint, accepted bigint, held bigint, duplicate bigint, superseded bigint, erased bigint, rejected bigint)
on conflict (id) do update set
    source_id = excluded.source_id,
    key = excluded.key,
    connector_id = excluded.connector_id,
    etag = excluded.etag,
    size = excluded.size,
    last_modified = excluded.last_modified,
    status = excluded.status,
    removed = excluded.removed,
    error_code = excluded.error_code,
    error_detail = excluded.error_detail,
    retryable = excluded.retryable,
    rows_read = excluded.rows_read,
    accepted = excluded.accepted,
    held = excluded.held,
    duplicate = excluded.duplicate,
    superseded = excluded.superseded,
    erased = excluded.erased,
    rejected = excluded.rejected,
    version = excluded.version,
    batch_id = excluded.batch_id,
    updated_at = excluded.updated_at,
    seen_at = case when (files.etag, files.removed) = (excluded.etag, excluded.removed) then files.seen_at else excluded.seen_at end
