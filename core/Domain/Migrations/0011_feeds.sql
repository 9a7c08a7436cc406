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
    conversations_unchanged bigint not null default 0,
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
create index batches_by_feed on batches (tenant_id, feed, discovered_at, id);
create index batches_by_kind on batches (tenant_id, kind, discovered_at, id);
create index batches_by_date on batches (tenant_id, date);

-- One reading of a sealed batch. Its rows are shown while it is current; one update swaps what is shown.
create table feed_imports (
    id           uuid primary key,
    tenant_id    text not null,
    feed_id      uuid not null references feeds,
    batch_id     uuid not null references batches deferrable initially deferred, -- which is written at the end of the transaction that begins it
    connector_id uuid not null references connectors,
    namespace    text not null,
    kind         text not null,
    partition    text collate "C" not null,
    snapshot     boolean not null,
    -- The day that it is about, or up to which a snapshot reaches; that of its sealing where the directory names none.
    date         date not null,
    marker       text not null,
    sealed_at    timestamptz not null,
    -- A retired import's rows are deleted by and by; once they are, it is dropped.
    state        text not null check (state in ('staging', 'current', 'retired', 'dropped')),
    rows         bigint not null default 0,
    -- What of its files is read: their versions, and how far.
    files_hash   text not null,
    progress     jsonb not null,
    -- The imports whose conversations are still to be folded, itself among them; null: none. Their rows stay meanwhile.
    folding      uuid[],
    created_at   timestamptz not null default clock_timestamp(),
    shown_at     timestamptz
);
create unique index feed_imports_current_part on feed_imports (feed_id, partition) where state = 'current' and not snapshot;
create unique index feed_imports_current_snapshot on feed_imports (feed_id) where state = 'current' and snapshot;
create index feed_imports_by_batch on feed_imports (batch_id);
create index feed_imports_retired on feed_imports (id) where state = 'retired';
create index feed_imports_folding on feed_imports (feed_id) where folding is not null;

-- Messages while their batch is read; grouped into parts once it is read to its end. No foreign key: it would more than double
-- the cost of storing a message. Imports are stored one after the other, so that ranges of pages tell them apart.
create table feed_messages (
    tenant_id       text not null,
    import_id       uuid not null,
    conversation_id uuid not null,
    external_id     text not null,
    -- Microseconds since 1970.
    at_us           bigint not null,
    file_ordinal    integer not null,
    line            bigint not null,
    sender          text not null,
    role            text not null,
    text            text not null,
    attributes      json,
    outside_date    boolean not null
);
create index feed_messages_by_import on feed_messages using brin (import_id) with (pages_per_range = 16, autosummarize = on);

-- The files whose messages are staged, by the number that the messages have for them.
create table feed_staged_files (
    tenant_id text not null,
    import_id uuid not null references feed_imports,
    ordinal   integer not null,
    file_id   uuid not null,
    etag      text not null,
    primary key (import_id, ordinal)
);

-- How many bytes of messages an import has staged: one number for all conversations whose ids begin alike, never below that of any of them.
create table feed_staged_sizes (
    tenant_id text not null,
    import_id uuid primary key references feed_imports,
    sizes     bytea not null
);

-- What one import says of one conversation.
create table feed_parts (
    tenant_id       text not null,
    import_id       uuid not null references feed_imports,
    conversation_id uuid not null,
    external_id     text not null,
    started_at      timestamptz not null,
    ended_at        timestamptz not null,
    messages        integer not null,
    -- What its messages measure.
    bytes           bigint not null,
    warnings        text[] not null,
    -- Where its first message stands.
    file_id         uuid not null references files,
    etag            text not null,
    line            bigint not null,
    -- The messages in their order of time.
    content         json not null,
    primary key (tenant_id, import_id, conversation_id)
);
create index feed_parts_by_conversation on feed_parts (tenant_id, conversation_id);

-- A recording of which nobody says whether each party has a channel; what stands there already has passed the narrower check.
alter table conversations
    drop constraint conversations_recording_type_check,
    add constraint conversations_recording_type_check
        check (recording_type in ('stereo', 'mono', 'transcription', 'recording')) not valid;

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

-- Of what a row stems from, only its import is a foreign key: each of them is looked up for every row that is stored.
create table call_records (
    tenant_id              text not null,
    -- Derived from the record's identity: the same in every import that has it.
    id                     uuid not null,
    import_id              uuid not null references feed_imports,
    connector_id           uuid not null,
    file_id                uuid not null,
    line                   bigint not null,
    namespace              text not null,
    -- The conversation that the feeds of its namespace make of its external id, whether or not there is one.
    conversation_id        uuid,
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
    primary key (tenant_id, id, import_id),
    check ((external_id is null) = (conversation_id is null))
);
create index call_records_by_start on call_records (tenant_id, call_start, id);
create index call_records_by_external_id on call_records (tenant_id, external_id, namespace) where external_id is not null;
create index call_records_by_customer on call_records (tenant_id, customer_id, call_start, id);
create index call_records_by_connector on call_records (tenant_id, connector_id, call_start, id);
create index call_records_by_queue on call_records (tenant_id, agent_queue_assigned, call_start, id) where agent_queue_assigned is not null;
create index call_records_by_disposition on call_records (tenant_id, disposition_category, call_start, id) where disposition_category is not null;
create index call_records_transferred on call_records (tenant_id, call_start, id) where transfer is not null;
create index call_records_by_import on call_records (tenant_id, import_id, call_start, id);
-- Which conversations an import is about, in the order of their ids.
create index call_records_by_import_conversation on call_records (tenant_id, import_id, conversation_id) where conversation_id is not null;

create table sales (
    tenant_id                   text not null,
    -- Derived from transaction, product and line within the transaction.
    id                          uuid not null,
    import_id                   uuid not null references feed_imports,
    connector_id                uuid not null,
    file_id                     uuid not null,
    line                        bigint not null,
    namespace                   text not null,
    -- What it names to be attributed to.
    attribution                 text not null generated always as (
        case when issue_id is not null then 'conversation' when external_customer_id is not null then 'customer' else 'unattributed' end) stored,
    warnings                    text[] not null default '{}',
    attributes                  json,
    -- As those of call records.
    lists                       jsonb,
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
    primary key (tenant_id, id, import_id)
);
create index sales_by_time on sales (tenant_id, transaction_time, id);
create index sales_by_issue on sales (tenant_id, issue_id, namespace) where issue_id is not null;
create index sales_by_customer on sales (tenant_id, external_customer_id, transaction_time, id) where external_customer_id is not null;
create index sales_by_transaction on sales (tenant_id, transaction_id, import_id);
create index sales_by_product on sales (tenant_id, product_id, transaction_time, id) where product_id is not null;
create index sales_by_attribution on sales (tenant_id, attribution, transaction_time, id);
create index sales_by_connector on sales (tenant_id, connector_id, transaction_time, id);
create index sales_by_import on sales (tenant_id, import_id, transaction_time, id);

-- Of one record in several current imports the latest counts. A row is looked up at a time, so that lists stop where their page ends.
create view visible_call_records with (security_invoker = true) as
select r.*, i.batch_id
from call_records r
cross join lateral (
    select f.id, f.batch_id, f.date, f.sealed_at from feed_imports f where f.id = r.import_id and f.state = 'current' offset 0 -- see docs/decisions
) i
where not exists (
    select from call_records o
    join feed_imports n on n.id = o.import_id
    where o.tenant_id = r.tenant_id and o.id = r.id and o.import_id <> r.import_id
      and n.state = 'current' and (n.date, n.sealed_at, n.id) > (i.date, i.sealed_at, i.id)
    offset 0
);

create view visible_sales with (security_invoker = true) as
select r.*, i.batch_id
from sales r
cross join lateral (
    select f.id, f.batch_id, f.date, f.sealed_at from feed_imports f where f.id = r.import_id and f.state = 'current' offset 0
) i
where not exists (
    select from sales o
    join feed_imports n on n.id = o.import_id
    where o.tenant_id = r.tenant_id and o.id = r.id and o.import_id <> r.import_id
      and n.state = 'current' and (n.date, n.sealed_at, n.id) > (i.date, i.sealed_at, i.id)
    offset 0
);

-- The batch that a file belongs to.
alter table files add column batch_id uuid;
create index files_by_batch on files (tenant_id, batch_id, discovered_at, id) where batch_id is not null;

grant select on
    feeds, batches, feed_imports, call_records, sales, visible_call_records, visible_sales, feed_parts, feed_recordings to qi_request;
grant select, insert, update, delete on batches to qi_request;
alter table feeds           enable row level security;
alter table batches         enable row level security;
alter table feed_imports    enable row level security;
alter table feed_messages   enable row level security;
alter table feed_staged_files enable row level security;
alter table feed_staged_sizes enable row level security;
alter table feed_parts      enable row level security;
alter table feed_recordings enable row level security;
alter table call_records    enable row level security;
alter table sales           enable row level security;
create policy own on feeds           to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on batches         to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_imports    to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_messages   to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_staged_files to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_staged_sizes to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_parts      to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on feed_recordings to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on call_records    to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on sales           to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
