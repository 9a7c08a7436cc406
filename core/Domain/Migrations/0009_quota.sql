-- The UTC day that usage and quotas count by, on the database's clock: asked for in one place.
create function utc_day() returns date language sql stable as $$ select (clock_timestamp() at time zone 'utc')::date $$;

-- One row a tenant and limited format. Whoever charges or refunds takes it first, before any stream: files are admitted one
-- after the other, oldest first, whichever node asks.
create table quotas (
    tenant_id   text not null references tenants,
    format      text not null,
    bytes_a_day bigint check (bytes_a_day > 0),
    primary key (tenant_id, format)
);

-- What is charged to a day. A day that a file did not fit into is over, at the limit that it had then.
create table quota_days (
    tenant_id   text not null,
    format      text not null,
    day         date not null,
    files       bigint not null default 0 check (files >= 0),
    bytes       bigint not null default 0 check (bytes >= 0),
    ended_limit bigint,
    primary key (tenant_id, format, day)
);

-- The version of a file that was charged last, and whether its bytes were ever asked for.
create table quota_charges (
    tenant_id text not null,
    file_id   uuid not null references files,
    etag      text not null,
    format    text not null,
    day       date not null,
    bytes     bigint not null,
    opened    boolean not null default false,
    primary key (tenant_id, file_id)
);

create index files_waiting on files (tenant_id, source_id, last_modified, key) where status in ('discovered', 'deferred', 'processing') and not removed;
create index files_deferred on files (tenant_id, connector_id) include (source_id, size) where status = 'deferred' and not removed;

grant select on quotas, quota_days to qi_request;
alter table quotas        enable row level security;
alter table quota_days    enable row level security;
alter table quota_charges enable row level security;
create policy own on quotas        to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on quota_days    to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on quota_charges to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
