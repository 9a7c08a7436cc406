-- $1 tenant, $2 format, $3 day, $4 limit, $5 file, $6 etag, $7 bytes; 1 where the day holds the bytes, else 0 and nothing is changed
with reserved as (
    insert into quota_days as d (tenant_id, format, day, files, bytes)
    select $1, $2, $3, 1, $7 where $7 <= $4::bigint
    on conflict (tenant_id, format, day) do update set files = d.files + 1, bytes = d.bytes + excluded.bytes
    where d.bytes + excluded.bytes <= $4 and coalesce(d.ended_limit < $4, true)
    returning d.day
),
charged as (
    insert into quota_charges (tenant_id, file_id, etag, format, day, bytes)
    select $1, $5, $6, $2, r.day, $7 from reserved r
    on conflict (tenant_id, file_id) do update set
        etag = excluded.etag, format = excluded.format, day = excluded.day, bytes = excluded.bytes, opened = false
),
used as (
    insert into usage_days as u (tenant_id, day, files, bytes)
    select $1, r.day, 1, $7 from reserved r
    on conflict (tenant_id, day) do update set files = u.files + 1, bytes = u.bytes + excluded.bytes
)
select count(*) from reserved
