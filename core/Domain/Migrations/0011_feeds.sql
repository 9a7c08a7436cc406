-- Feeds: a directory of the key convention is a batch; what one of its imports brought is shown while that import is current.

-- One feed of a source, below one configured path: what a snapshot replaces. Whoever shows or retires an import takes its row.
create table feeds (
    id         uuid primary key,
    tenant_id  text not null,
    source_id  uuid not null references sources,
    root       text collate "C" not null,
    name       text collate "C" not null,
    created_at timestamptz not null default now(),
    unique (tenant_id, source_id, root, name)
);

-- A projection of the batch streams.
create table batches (
    id              uuid primary key,
    tenant_id       text not null,
    source_id       uuid not null references sources,
    connector_id    uuid not null references connectors,
    path            text collate "C" not null,
    feed            text collate "C" not null,
    kind            text check (kind in ('call_center_issues', 'historical_transcripts', 'sales_methods_attribution', 'call_recordings')),
    encoding        text not null check (encoding in ('csv', 'jsonl')),
    snapshot        boolean not null,
    partition       text collate "C" not null,
    date            date,
    status          text not null check (status in ('awaiting_marker', 'importing', 'awaiting_confirmation', 'imported', 'superseded', 'failed')),
    -- The version of the marker that the status is about; null until there is one.
    marker          text,
    sealed_at       timestamptz,
    import_id       uuid,
    files           bigint not null default 0,
    rows_read       bigint not null default 0,
    accepted        bigint not null default 0,
    duplicate       bigint not null default 0,
    superseded      bigint not null default 0,
    rejected        bigint not null default 0,
    rows_before     bigint,
    rows_after      bigint,
    conversations_received  bigint not null default 0,
    conversations_revised   bigint not null default 0,
    conversations_withdrawn bigint not null default 0,
    conversations_restored  bigint not null default 0,
    error_code      text,
    error_detail    text,
    retryable       boolean not null default false,
    version         bigint not null,
    discovered_at   timestamptz not null,
    updated_at      timestamptz not null,
    imported_at     timestamptz,
    unique (tenant_id, source_id, path),
    check (status <> 'failed' or error_code is not null)
);
create index batches_by_age on batches (tenant_id, discovered_at, id);
create index batches_by_connector on batches (tenant_id, connector_id, discovered_at, id);
create index batches_by_status on batches (tenant_id, status, discovered_at, id);
create index batches_by_feed on batches (tenant_id, source_id, feed, date);

-- One reading of a sealed batch. Its rows are shown while it is current; one update swaps what is shown.
create table feed_imports (
    id           uuid primary key,
    tenant_id    text not null,
    feed_id      uuid not null references feeds,
    batch_id     uuid not null references batches,
    connector_id uuid not null references connectors,
    namespace    text not null,
    kind         text not null,
    partition    text collate "C" not null,
    snapshot     boolean not null,
    -- The day that it is about, or up to which a snapshot reaches; that of its sealing where the directory names none.
    date         date not null,
    marker       text not null,
    sealed_at    timestamptz not null,
    state        text not null check (state in ('staging', 'current', 'retired')),
    rows         bigint not null default 0,
    created_at   timestamptz not null default clock_timestamp(),
    shown_at     timestamptz
);
create unique index feed_imports_current_part on feed_imports (feed_id, partition) where state = 'current' and not snapshot;
create unique index feed_imports_current_snapshot on feed_imports (feed_id) where state = 'current' and snapshot;
create index feed_imports_by_batch on feed_imports (batch_id);
create index feed_imports_retired on feed_imports (id) where state = 'retired';

-- Messages while their batch is read; grouped into parts once it is read to its end.
create table feed_messages (
    tenant_id       text not null,
    import_id       uuid not null references feed_imports,
    conversation_id uuid not null,
    external_id     text not null,
    at              timestamptz not null,
    file_ordinal    integer not null,
    line            bigint not null,
    sender          text not null,
    role            text not null,
    text            text not null,
    attributes      json
);
create index feed_messages_by_import on feed_messages (import_id);

-- What one import says of one conversation.
create table feed_parts (
    tenant_id       text not null,
    import_id       uuid not null references feed_imports,
    conversation_id uuid not null,
    external_id     text not null,
    started_at      timestamptz not null,
    ended_at        timestamptz not null,
    messages        integer not null,
    bytes           bigint not null,
    -- Where its first message stands.
    file_id         uuid not null references files,
    line            bigint not null,
    -- The messages in their order of time.
    content         json not null,
    primary key (tenant_id, import_id, conversation_id)
);
create index feed_parts_by_conversation on feed_parts (tenant_id, conversation_id);

create table feed_recordings (
    tenant_id       text not null,
    import_id       uuid not null references feed_imports,
    conversation_id uuid not null,
    external_id     text not null,
    file_id         uuid not null references files,
    key             text collate "C" not null,
    etag            text not null,
    size            bigint not null,
    last_modified   timestamptz not null,
    primary key (tenant_id, import_id, conversation_id)
);
create index feed_recordings_by_conversation on feed_recordings (tenant_id, conversation_id);

create table call_records (
    tenant_id              text not null,
    -- Derived from the record's identity: the same in every import that has it.
    id                     uuid not null,
    import_id              uuid not null references feed_imports,
    file_id                uuid not null references files,
    line                   bigint not null,
    namespace              text not null,
    warnings               text[] not null default '{}',
    attributes             json,
    -- Columns for which the connector names a delimiter: the column's name to its texts.
    lists                  jsonb,
    customer_id            text not null,
    external_id            text,
    call_start             timestamptz not null,
    call_end               timestamptz not null,
    call_assigned_to_agent timestamptz,
    customer_type          text,
    survey_offered         boolean,
    survey_taken           boolean,
    survey_answer          text,
    toll_free_number       text,
    ivr_intent             text,
    ivr_resolved           boolean,
    ivr_abandoned          boolean,
    agent_queue_assigned   text,
    time_in_queue          bigint,
    queue_abandoned        boolean,
    call_handle_time       bigint,
    call_wrap_time         bigint,
    transfer               text,
    disposition_category   text,
    disposition_notes      text,
    transaction_completed  text,
    caller_account_value   numeric,
    primary key (tenant_id, import_id, id)
);
create index call_records_by_id on call_records (tenant_id, id);
create index call_records_by_start on call_records (tenant_id, call_start, id);
create index call_records_by_conversation on call_records (tenant_id, namespace, external_id) where external_id is not null;
create index call_records_by_customer on call_records (tenant_id, customer_id, call_start, id);

create table sales (
    tenant_id                   text not null,
    -- Derived from transaction, product and line within the transaction.
    id                          uuid not null,
    import_id                   uuid not null references feed_imports,
    file_id                     uuid not null references files,
    line                        bigint not null,
    namespace                   text not null,
    warnings                    text[] not null default '{}',
    attributes                  json,
    transaction_id              text not null,
    -- Which of the transaction's lines of this product it is, from 1.
    transaction_line            integer not null,
    transaction_time            timestamptz not null,
    transaction_value_one_time  numeric,
    transaction_value_recurring numeric,
    customer_category           text,
    customer_subcategory        text,
    external_customer_id        text,
    issue_id                    text,
    external_session_id         text not null,
    product_category            text,
    product_subcategory         text,
    product_name                text,
    product_id                  text,
    product_quantity            bigint not null,
    product_value_one_time      numeric,
    product_value_recurring     numeric,
    primary key (tenant_id, import_id, id)
);
create index sales_by_id on sales (tenant_id, id);
create index sales_by_time on sales (tenant_id, transaction_time, id);
create index sales_by_conversation on sales (tenant_id, namespace, issue_id) where issue_id is not null;
create index sales_by_customer on sales (tenant_id, external_customer_id, transaction_time, id) where external_customer_id is not null;
create index sales_by_transaction on sales (tenant_id, import_id, transaction_id);

-- The batch that a file belongs to.
alter table files add column batch_id uuid;
create index files_by_batch on files (tenant_id, batch_id, discovered_at, id) where batch_id is not null;

grant select on feeds, batches, feed_imports, call_records, sales, feed_parts, feed_recordings to qi_request;
grant select, insert, update, delete on batches to qi_request;
alter table feeds           enable row level security;
alter table batches         enable row level security;
alter table feed_imports    enable row level security;
alter table feed_messages   enable row level security;
alter table feed_parts      enable row level security;
alter table feed_recordings enable row level security;
alter table call_records    enable row level security;
alter table sales           enable row level security;
create policy own on feeds           to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on batches         to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_imports    to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_messages   to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_parts      to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_recordings to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on call_records    to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on sales           to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
