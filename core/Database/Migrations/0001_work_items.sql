-- Work to be done: what is finished is deleted, as events are the record of it.
-- A slot is what work is shared out by: the lane where an item has one, else its tenant.
create table work_items (
    id           bigint generated always as identity primary key,
    tenant_id    text not null,
    kind         text not null check (length(kind) between 1 and 100),
    key          text not null check (length(key) between 1 and 1000),
    lane         uuid,
    slot         text collate "C" not null generated always as (coalesce('lane:' || lane::text, 'tenant:' || tenant_id)) stored,
    payload      jsonb not null,
    progress     jsonb,
    state        text not null default 'available' check (state in ('available', 'running', 'dead')),
    attempts     integer not null default 0 check (attempts >= 0),
    available_at timestamptz not null default clock_timestamp(),
    lease_until  timestamptz,
    fence        bigint not null default 0,
    next_payload jsonb,
    next_at      timestamptz,
    error_code   text,
    error_detail text,
    created_at   timestamptz not null default clock_timestamp(),
    updated_at   timestamptz not null default clock_timestamp(),
    unique (tenant_id, kind, key),
    check ((state = 'running') = (lease_until is not null)),
    check ((next_payload is null) = (next_at is null)),
    check (state <> 'dead' or (error_code is not null and next_payload is null))
)
-- Every item is written at least three times and then deleted: room for that in its page, and an early vacuum.
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create index work_items_waiting on work_items (kind, slot, available_at, id) where state = 'available';
create index work_items_leased on work_items (kind, lease_until) where state = 'running';
create index work_items_dead on work_items (id) where state = 'dead';
create index work_items_dead_of_tenant on work_items (tenant_id, id) where state = 'dead';
create index work_items_of_lane on work_items (lane) where lane is not null;

create table work_lanes (
    lane      uuid primary key,
    tenant_id text not null,
    slot      text collate "C" not null generated always as ('lane:' || lane::text) stored,
    closed    boolean not null
);
create index work_lanes_closed on work_lanes (slot) where closed;

-- Requests ask for work and look at it. Claiming it, its leases and its fences are the pipeline's.
grant usage on schema qi to qi_request;
grant select, insert on work_items to qi_request;
grant update (payload, progress, state, attempts, available_at, next_payload, next_at, error_code, error_detail, updated_at)
    on work_items to qi_request;
grant select, insert, update on work_lanes to qi_request;

alter table work_items enable row level security;
alter table work_lanes enable row level security;

create policy own on work_items to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on work_lanes to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
