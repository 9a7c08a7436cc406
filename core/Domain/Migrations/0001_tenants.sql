-- Tenants and their keys are read before a tenant is known, so only system sessions touch these two tables.
create table tenants (
    id          text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name        text not null check (length(name) between 1 and 200),
    external_id text not null,
    version     bigint not null default 1,
    created_at  timestamptz not null default now()
);

create table api_keys (
    id           uuid primary key,
    tenant_id    text references tenants,
    name         text not null check (length(name) between 1 and 200),
    hash         bytea not null unique check (length(hash) = 32),
    hint         text not null,
    scopes       text[] not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    created_at   timestamptz not null default now()
);
create index api_keys_by_tenant on api_keys (tenant_id, created_at);

-- The deployment's own AWS identity may read a bucket for a tenant only when an administrator granted it.
create table service_grants (
    tenant_id  text not null references tenants,
    bucket     text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, bucket)
);

create table audit (
    id            bigint generated always as identity primary key,
    tenant_id     text,
    at            timestamptz not null default clock_timestamp(),
    actor         text not null,
    action        text not null,
    resource_type text not null,
    resource_id   text not null,
    detail        jsonb not null default '{}'
);
create index audit_by_tenant on audit (tenant_id, id);
