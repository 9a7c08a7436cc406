-- Webhooks: who is told of what, and every message that goes to them.
create table webhook_endpoints (
    id              uuid primary key,
    tenant_id       text not null,
    url             text not null,
    description     text,
    -- Empty: all.
    event_types     text[] not null default '{}',
    connector_ids   uuid[] not null default '{}',
    header_names    text[] not null default '{}',
    -- First attempts and retries a second; null: as many as there are.
    rate            integer check (rate between 1 and 1000),
    strict_order    boolean not null default false,
    enabled         boolean not null default true,
    disabled_code   text,
    disabled_detail text,
    sealed_secret   bytea not null,
    sealed_former   bytea,
    former_until    timestamptz,
    -- How the endpoint and its caller know each other besides the signature; what is secret of it is sealed.
    authentication      jsonb,
    sealed_credentials  bytea,
    certificate         text,
    authority           text,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    deleted_at      timestamptz
);
create index webhook_endpoints_by_age on webhook_endpoints (tenant_id, created_at, id) where deleted_at is null;

-- Which node sends to an endpoint: one at a time, so that order and rate are its own affair.
create table webhook_senders (
    endpoint_id   uuid primary key references webhook_endpoints,
    node          uuid,
    fence         bigint not null default 0,
    lease_until   timestamptz,
    -- Since when nothing has got through; null: the last attempt did.
    failing_since timestamptz
);

-- One message to one endpoint, about a stored event or, with none, a test.
create table webhook_deliveries (
    id           uuid primary key default gen_random_uuid(),
    tenant_id    text not null,
    endpoint_id  uuid not null references webhook_endpoints,
    -- The event's place in the feed; 0: there is no event.
    seq          bigint not null,
    event_id     uuid not null,
    stream_id    uuid not null,
    type         text not null,
    -- The replay that asked for it; null: the event itself did.
    replay_id    uuid,
    state        text not null default 'pending' check (state in ('pending', 'retrying', 'delivered', 'failed')),
    attempts     integer not null default 0,
    next_at      timestamptz,
    status       integer,
    error_code   text,
    created_at   timestamptz not null default clock_timestamp(),
    attempted_at timestamptz,
    delivered_at timestamptz,
    check ((state = 'retrying') = (next_at is not null))
);
create index webhook_deliveries_pending on webhook_deliveries (endpoint_id, seq, id) where state = 'pending';
create index webhook_deliveries_retrying on webhook_deliveries (endpoint_id, next_at) where state = 'retrying';
-- For strict order.
create index webhook_deliveries_retrying_in_order on webhook_deliveries (endpoint_id, seq, id) where state = 'retrying';
create index webhook_deliveries_by_age on webhook_deliveries (tenant_id, created_at, id);
create index webhook_deliveries_by_endpoint on webhook_deliveries (tenant_id, endpoint_id, created_at, id);
create index webhook_deliveries_by_state on webhook_deliveries (tenant_id, state, created_at, id);
create index webhook_deliveries_by_event on webhook_deliveries (tenant_id, event_id);
create index webhook_deliveries_by_type on webhook_deliveries (tenant_id, type, created_at, id);

create table webhook_attempts (
    tenant_id   text not null,
    delivery_id uuid not null references webhook_deliveries on delete cascade,
    number      integer not null,
    at          timestamptz not null,
    duration_ms integer not null,
    status      integer,
    error_code  text,
    -- What was answered, at most 20,000 bytes of it.
    response    text,
    primary key (delivery_id, number)
);

-- Requests retry files and conversations, whose events are told of as well.
grant select, insert, update on webhook_endpoints, webhook_deliveries, webhook_senders to qi_request;
grant select on webhook_attempts to qi_request;
alter table webhook_endpoints  enable row level security;
alter table webhook_senders    enable row level security;
alter table webhook_deliveries enable row level security;
alter table webhook_attempts   enable row level security;
create policy own on webhook_endpoints  to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on webhook_senders    to qi_request using (exists (select from webhook_endpoints e where e.id = endpoint_id));
create policy own on webhook_deliveries to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on webhook_attempts   to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
