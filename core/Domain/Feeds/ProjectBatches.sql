insert into batches (
    tenant_id, id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, marker, sealed_at, import_id,
    files, rows_read, accepted, duplicate, superseded, rejected, rows_before, rows_after,
    conversations_received, conversations_revised, conversations_unchanged, conversations_withdrawn, conversations_restored,
    error_code, error_detail, retryable, version, discovered_at, updated_at, imported_at, erased)
select
    $1, s.id, s.source_id, s.connector_id, s.path, s.feed, s.kind, s.encoding, s.snapshot, s.partition, s.date, s.status, s.marker, s.sealed_at, s.import_id,
    s.files, c."rowsRead", c.accepted, c.duplicate, c.superseded, c.rejected, s.rows_before, s.rows_after,
    f.received, f.revised, f.unchanged, f.withdrawn, f.restored,
    s.error_code, s.error_detail, s.retryable, s.version, now(), now(), case when s.status = 'imported' then now() end, c.erased
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[], $11::date[],
            $12::text[], $13::text[], $14::timestamptz[], $15::uuid[], $16::jsonb[], $17::bigint[], $18::jsonb[], $19::bigint[], $20::bigint[],
            $21::text[], $22::text[], $23::boolean[], $24::bigint[])
    as s (id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, date,
          status, marker, sealed_at, import_id, counts, files, conversations, rows_before, rows_after,
          error_code, error_detail, retryable, version)
cross join lateral jsonb_to_record(s.counts)
    as c ("rowsRead" bigint, accepted bigint, duplicate bigint, superseded bigint, erased bigint, rejected bigint)
cross join lateral jsonb_to_record(s.conversations)
    as f (received bigint, revised bigint, unchanged bigint, withdrawn bigint, restored bigint)
on conflict (id) do update set
    source_id = excluded.source_id,
    path = excluded.path,
    feed = excluded.feed,
    encoding = excluded.encoding,
    snapshot = excluded.snapshot,
    partition = excluded.partition,
    date = excluded.date,
    connector_id = excluded.connector_id,
    kind = excluded.kind,
    status = excluded.status,
    marker = excluded.marker,
    sealed_at = excluded.sealed_at,
    import_id = excluded.import_id,
    files = excluded.files,
    rows_read = excluded.rows_read,
    accepted = excluded.accepted,
    duplicate = excluded.duplicate,
    superseded = excluded.superseded,
    erased = excluded.erased,
    rejected = excluded.rejected,
    rows_before = excluded.rows_before,
    rows_after = excluded.rows_after,
    conversations_received = excluded.conversations_received,
    conversations_revised = excluded.conversations_revised,
    conversations_unchanged = excluded.conversations_unchanged,
    conversations_withdrawn = excluded.conversations_withdrawn,
    conversations_restored = excluded.conversations_restored,
    error_code = excluded.error_code,
    error_detail = excluded.error_detail,
    retryable = excluded.retryable,
    version = excluded.version,
    updated_at = excluded.updated_at,
    imported_at = coalesce(excluded.imported_at, batches.imported_at)
