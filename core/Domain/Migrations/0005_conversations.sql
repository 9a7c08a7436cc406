create table conversations (
    id                     uuid primary key,
    tenant_id              text not null,
    connector_id           uuid not null references connectors,
    file_id                uuid not null references files,
    namespace              text not null,
    agent_part             text not null default '',
    external_id            text not null,
    line                   bigint not null,
    revision               integer not null,
    status                 text not null check (status in ('held', 'processing', 'completed', 'failed', 'withdrawn', 'erased')),
    hold_counterpart       boolean not null default false,
    hold_queue             boolean not null default false,
    hold_agent             boolean not null default false,
    channel                text not null check (channel in ('voice', 'chat', 'unknown')),
    recording_type         text not null check (recording_type in ('stereo', 'mono', 'transcription')),
    analytics_level        text not null check (analytics_level in ('full', 'enhanced', 'text', 'full_text')),
    external_queue_id      text,
    queue_id               uuid,
    agent_email            text,
    agent_id               uuid,
    language               text not null,
    language_base          text not null,
    started_at             timestamptz not null,
    ended_at               timestamptz not null,
    warnings               text[] not null default '{}',
    error_code             text,
    error_detail           text,
    retryable              boolean not null default false,
    duration_ms            bigint,
    utterances             integer,
    turns                  integer,
    agent_messages         integer,
    customer_messages      integer,
    bot_messages           integer,
    system_messages        integer,
    agent_words            integer,
    customer_words         integer,
    bot_words              integer,
    agent_talk_ms          bigint,
    customer_talk_ms       bigint,
    silence_ms             bigint,
    longest_silence_ms     bigint,
    overtalk_ms            bigint,
    interruptions          integer,
    first_response_ms      bigint,
    mean_response_ms       bigint,
    agent_words_per_minute double precision,
    customer_words_per_minute double precision,
    version                bigint not null,
    received_at            timestamptz not null,
    updated_at             timestamptz not null,
    completed_at           timestamptz,
    unique (tenant_id, namespace, agent_part, external_id),
    check ((status = 'held') = (hold_counterpart or hold_queue or hold_agent)),
    check (status <> 'failed' or error_code is not null)
);
create index conversations_by_start on conversations (tenant_id, started_at, id);
create index conversations_by_connector on conversations (tenant_id, connector_id, started_at, id);
create index conversations_by_queue on conversations (tenant_id, queue_id, started_at, id);
create index conversations_by_agent on conversations (tenant_id, agent_id, started_at, id);
create index conversations_by_channel on conversations (tenant_id, channel, started_at, id);
create index conversations_by_status on conversations (tenant_id, status, started_at, id);
create index conversations_by_external_id on conversations (tenant_id, external_id);
create index conversations_by_file on conversations (tenant_id, file_id, id);
create index conversations_held on conversations (tenant_id, connector_id, id) include (external_queue_id) where status = 'held';

-- What the events do not carry: the row as it was read, and what was said. Never shared between revisions.
create table conversation_contents (
    tenant_id       text not null,
    conversation_id uuid not null,
    revision        integer not null,
    parsed          jsonb not null,
    transcript      jsonb,
    created_at      timestamptz not null default now(),
    primary key (tenant_id, conversation_id, revision)
);
