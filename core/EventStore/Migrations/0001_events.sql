-- Streams and events in Marten's tables for conjoined tenancy, with this store's own indexes.
-- There is no foreign key: it would double the cost of a bulk append, and only this room writes here.
create schema events;
grant usage on schema events to qi_request;

-- Cache 1: the order of the numbers is the order in which transactions asked for them.
create sequence events.mt_events_sequence cache 1;

create table events.mt_streams (
    id          uuid        not null,
    type        varchar     not null,
    version     bigint      not null check (version > 0),
    timestamp   timestamptz not null default now(),
    created     timestamptz not null default now(),
    tenant_id   varchar     not null,
    is_archived boolean     not null default false,
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

create table events.mt_events (
    seq_id         bigint       not null default nextval('events.mt_events_sequence'),
    id             uuid         not null,
    stream_id      uuid         not null,
    version        bigint       not null check (version > 0),
    data           jsonb        not null,
    bdata          bytea,
    type           varchar(500) not null,
    timestamp      timestamptz  not null default now(),
    tenant_id      varchar      not null,
    mt_dotnet_type varchar,
    is_archived    boolean      not null default false,
    constraint pkey_mt_events_seq_id primary key (seq_id)
);

alter sequence events.mt_events_sequence owned by events.mt_events.seq_id;

-- The last defence of a stream's order, and the way to read one stream.
create unique index pk_mt_events_stream_and_version on events.mt_events (tenant_id, stream_id, version);

-- One tenant's feed: without it a small tenant's reader would walk everybody's events.
create index mt_events_tenant_feed on events.mt_events (tenant_id, seq_id);

-- Requests append and read their own tenant's streams; nobody changes an event.
grant select, insert, update on events.mt_streams to qi_request;
grant select, insert on events.mt_events to qi_request;
grant usage on sequence events.mt_events_sequence to qi_request;

alter table events.mt_streams enable row level security;
alter table events.mt_events  enable row level security;

create policy own on events.mt_streams to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on events.mt_events  to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
