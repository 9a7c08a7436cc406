-- Erasure: what is left of conversations that were erased. They have no row among the conversations any more.
create table erased_conversations (
    tenant_id    text not null,
    -- The stream's id: who arrives under it again is not stored.
    id           uuid not null,
    connector_id uuid not null references connectors,
    -- What rows that give the external id alone are known by; null: another conversation of the namespace bears it, too.
    name         uuid,
    -- Whether the identity may be ingested anew.
    lifted       boolean not null default false,
    version      bigint not null,
    erased_at    timestamptz not null default now(),
    primary key (tenant_id, id)
);
create index erased_conversations_by_name on erased_conversations (tenant_id, name) where name is not null;
create index erased_conversations_by_time on erased_conversations (tenant_id, erased_at, id);

grant select, insert, update, delete on erased_conversations to qi_request;
alter table erased_conversations enable row level security;
create policy own on erased_conversations to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));

-- By what an erasure finds the rows that are about its conversation.
create index file_rejections_by_external_id on file_rejections (tenant_id, external_id) where external_id is not null;
create index feed_imports_unshown on feed_imports (tenant_id, id) where state in ('staging', 'retired');

-- Rows of a batch whose conversations were erased.
alter table batches add column erased bigint not null default 0;

-- Retention: by what each of its deletions finds what is old.
create index file_rejections_by_time on file_rejections (at);
create index webhook_deliveries_ended on webhook_deliveries (created_at) where state in ('delivered', 'failed');
create index webhook_endpoints_removed on webhook_endpoints (id) where deleted_at is not null;
create index scans_ended on scans (finished_at) where status <> 'running';
create index work_items_dead_by_time on work_items (updated_at) where state = 'dead';
