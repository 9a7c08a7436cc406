-- The ledger: one row an object that a source has shown, a projection of its file stream.
-- Keys compare bytewise, as S3 lists them, so that a listing page and a key range of the ledger can be set against each other.
create table files (
    id            uuid primary key,
    tenant_id     text not null,
    source_id     uuid not null references sources,
    connector_id  uuid not null references connectors,
    key           text collate "C" not null,
    etag          text not null,
    size          bigint not null,
    last_modified timestamptz not null,
    status        text not null check (status in
        ('discovered', 'processing', 'ingested', 'partially_ingested', 'failed', 'skipped', 'deferred', 'awaiting_marker')),
    removed       boolean not null default false,
    error_code    text,
    error_detail  text,
    retryable     boolean not null default false,
    rows_read     bigint not null default 0,
    accepted      bigint not null default 0,
    held          bigint not null default 0,
    duplicate     bigint not null default 0,
    superseded    bigint not null default 0,
    erased        bigint not null default 0,
    rejected      bigint not null default 0,
    version       bigint not null,
    discovered_at timestamptz not null,
    updated_at    timestamptz not null,
    unique (tenant_id, source_id, key),
    check (status <> 'failed' or error_code is not null)
);
create index files_by_age on files (tenant_id, discovered_at, id);
create index files_by_connector on files (tenant_id, connector_id, discovered_at, id);
create index files_by_status on files (tenant_id, status, discovered_at, id);

create table file_rejections (
    tenant_id   text not null,
    file_id     uuid not null references files,
    line        bigint not null,
    ordinal     integer not null,
    external_id text,
    field       text,
    code        text not null,
    message     text not null,
    at          timestamptz not null default now(),
    primary key (tenant_id, file_id, line, ordinal)
);

create table usage_days (
    tenant_id text not null,
    day       date not null,
    files     bigint not null default 0,
    bytes     bigint not null default 0,
    primary key (tenant_id, day)
);
