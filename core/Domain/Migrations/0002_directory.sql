-- The row that ingestion shares and every change of the agents takes: no hold can be missed between the two.
create table agent_directories (
    tenant_id text primary key references tenants,
    version   bigint not null default 1
);

create table queues (
    id         uuid primary key,
    tenant_id  text not null references tenants,
    name       text not null check (length(name) between 1 and 200),
    version    bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, name)
);

create table agents (
    id          uuid primary key,
    tenant_id   text not null references tenants,
    name        text not null check (length(name) between 1 and 200),
    email       text check (email = lower(email) and length(email) between 3 and 320),
    external_id text check (length(external_id) between 1 and 200),
    version     bigint not null default 1,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    check (email is not null or external_id is not null),
    unique (tenant_id, email),
    unique (tenant_id, external_id)
);
create index agents_by_age on agents (tenant_id, created_at, id);
create index queues_by_age on queues (tenant_id, created_at, id);
