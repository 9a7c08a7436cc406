-- When a look at the bucket last said something new of the file: an older look must not take it back.
alter table files add column seen_at timestamptz not null default now();

-- Where a connector's bucket may send its notifications. The token in the address is the only secret of it: its hash is
-- what is compared, the sealed text what is shown to those who set the bucket up.
create table notification_addresses (
    connector_id     uuid primary key references connectors,
    tenant_id        text not null references tenants,
    token_hash       bytea not null check (length(token_hash) = 32),
    sealed_token     bytea not null,
    topic_arn        text check (length(topic_arn) between 1 and 400),
    confirmed_at     timestamptz,
    unsubscribed_at  timestamptz,
    last_received_at timestamptz,
    created_at       timestamptz not null default now()
);

grant select, insert, update, delete on notification_addresses to qi_request;
alter table notification_addresses enable row level security;
create policy own on notification_addresses to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
