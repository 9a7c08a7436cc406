-- $1 tenant, $2 format, $3 files, $4 their etags (null: whichever was charged)
-- What was opened was read, and stays charged.
with refunded as (
    delete from quota_charges c
    using (
        select $1 as tenant_id, file_id, etag
        from unnest($3::uuid[], $4::text[]) as f (file_id, etag)
        offset 0 -- see docs/decisions
    ) f
    where c.tenant_id = f.tenant_id and c.file_id = f.file_id and (f.etag is null or c.etag = f.etag)
      and c.format = $2 and not c.opened
    returning c.day, c.bytes
),
days as (
    select day, count(*) as files, sum(bytes)::bigint as bytes from refunded group by day
),
quota as (
    update quota_days d set files = d.files - r.files, bytes = d.bytes - r.bytes
    from days r
    where d.tenant_id = $1 and d.format = $2 and d.day = r.day
)
update usage_days u set files = u.files - r.files, bytes = u.bytes - r.bytes
from days r
where u.tenant_id = $1 and u.day = r.day
