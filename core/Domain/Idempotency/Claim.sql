-- A key is free when it is new or expired, or when whoever was answering the same call is gone. What else of the tenant has
-- expired goes by the way, a few rows at a time.
with gone as (
    delete from idempotency_keys k using (
        select tenant_id, key_hash from idempotency_keys
        where tenant_id = $1 and expires_at <= clock_timestamp() and key_hash <> $2
        order by expires_at limit 20
        for update skip locked
    ) old
    where k.tenant_id = old.tenant_id and k.key_hash = old.key_hash
)
insert into idempotency_keys as kept (tenant_id, key_hash, fingerprint, claim, lease_until, subject, expires_at)
values ($1, $2, $3, $4, clock_timestamp() + $5, $6::uuid, clock_timestamp() + $7)
on conflict (tenant_id, key_hash) do update
set fingerprint = excluded.fingerprint, claim = excluded.claim, lease_until = excluded.lease_until, subject = excluded.subject,
    status = null, secret = false, location = null, etag = null, content_type = null, body = null,
    created_at = clock_timestamp(), expires_at = excluded.expires_at
where kept.expires_at <= clock_timestamp()
   or (kept.lease_until <= clock_timestamp() and kept.fingerprint = excluded.fingerprint)
returning kept.claim
