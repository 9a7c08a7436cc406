-- A source owns the ledger of seen objects and outlives its connectors.
create table sources (
    id        uuid primary key,
    tenant_id text not null references tenants,
    endpoint  text not null,
    bucket    text not null,
    format    text not null,
    unique (tenant_id, endpoint, bucket, format)
);

create table connectors (
    id                   uuid primary key,
    tenant_id            text not null references tenants,
    source_id            uuid not null references sources,
    name                 text not null check (length(name) between 1 and 200),
    format               text not null check (format in ('quality-csv', 'conversation-json', 'feeds')),
    namespace            text not null,
    settings             jsonb not null,
    sealed_secret        bytea,
    schedule             jsonb,
    enabled              boolean not null default true,
    suspended_at         timestamptz,
    suspended_code       text,
    suspended_detail     text,
    suspended_resolution text,
    probe_at             timestamptz,
    probe_attempts       integer not null default 0,
    last_refresh_at      timestamptz,
    last_discovery_at    timestamptz,
    version              bigint not null default 1,
    created_at           timestamptz not null default now(),
    updated_at           timestamptz not null default now(),
    deleted_at           timestamptz,
    check ((suspended_at is null) = (suspended_code is null))
);
create index connectors_by_age on connectors (tenant_id, created_at, id) where deleted_at is null;
create unique index connectors_by_name on connectors (tenant_id, name) where deleted_at is null;
create index connectors_by_source on connectors (source_id);
create index connectors_to_probe on connectors (probe_at) where suspended_at is not null and deleted_at is null;

create table queue_mappings (
    tenant_id    text not null,
    connector_id uuid not null references connectors,
    external_id  text not null check (length(external_id) between 1 and 200),
    queue_id     uuid not null references queues,
    primary key (tenant_id, connector_id, external_id)
);
create index queue_mappings_by_queue on queue_mappings (queue_id);

create table scans (
    id           uuid primary key,
    tenant_id    text not null,
    connector_id uuid not null references connectors,
    trigger      text not null check (trigger in ('schedule', 'manual', 'notification')),
    due_at       timestamptz not null,
    status       text not null check (status in ('running', 'completed', 'failed', 'cancelled')),
    started_at   timestamptz not null default clock_timestamp(),
    finished_at  timestamptz,
    path_index   integer not null default 0,
    after_key    text,
    pages        bigint not null default 0,
    listed       bigint not null default 0,
    discovered   bigint not null default 0,
    changed      bigint not null default 0,
    removed      bigint not null default 0,
    skipped      bigint not null default 0,
    ignored      bigint not null default 0,
    error_code   text,
    error_detail text,
    unique (connector_id, due_at)
);
create unique index scans_running on scans (connector_id) where status = 'running';
create index scans_by_connector on scans (tenant_id, connector_id, started_at, id);
