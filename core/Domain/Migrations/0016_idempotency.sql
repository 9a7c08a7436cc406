-- What was answered to calls that may be sent again under the same Idempotency-Key. Of the key only its hash is kept, and of
-- the request only a fingerprint under that key, so that nothing of a request can be guessed from here.
create table idempotency_keys (
    -- Empty: administrators'.
    tenant_id    text not null,
    key_hash     bytea not null check (length(key_hash) = 32),
    fingerprint  bytea not null check (length(fingerprint) = 32),
    -- Who answers it now, until when; null: it is answered.
    claim        uuid not null,
    lease_until  timestamptz,
    -- What the call was about, where its address names it: what is erased takes its answers along.
    subject      uuid,
    status       integer check (status between 200 and 299),
    -- The answer showed something secret, which is kept nowhere.
    secret       boolean not null default false,
    location     text,
    etag         text,
    content_type text,
    body         bytea,
    created_at   timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    primary key (tenant_id, key_hash),
    check ((status is null) = (lease_until is not null)),
    check (not secret or body is null)
);
create index idempotency_keys_by_expiry on idempotency_keys (tenant_id, expires_at);
create index idempotency_keys_by_subject on idempotency_keys (tenant_id, subject) where subject is not null;

grant select, insert, update, delete on idempotency_keys to qi_request;
alter table idempotency_keys enable row level security;
create policy own on idempotency_keys to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));

-- For how long conversations took that were completed lately: rows of one time lie together, so that little is kept and read.
create index conversations_by_completion on conversations using brin (completed_at) with (pages_per_range = 32, autosummarize = on);
