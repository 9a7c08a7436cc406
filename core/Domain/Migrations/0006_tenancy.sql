-- Requests see their own tenant's rows and nothing else; a session without a tenant sees none.
grant usage on schema qi to qi_request;
grant select, insert, update, delete on
    agent_directories, queues, agents, sources, connectors, queue_mappings, scans,
    files, file_rejections, usage_days, conversations, conversation_contents to qi_request;
grant insert, select on audit to qi_request;

alter table agent_directories     enable row level security;
alter table queues                enable row level security;
alter table agents                enable row level security;
alter table sources               enable row level security;
alter table connectors            enable row level security;
alter table queue_mappings        enable row level security;
alter table scans                 enable row level security;
alter table files                 enable row level security;
alter table file_rejections       enable row level security;
alter table usage_days            enable row level security;
alter table conversations         enable row level security;
alter table conversation_contents enable row level security;
alter table audit                 enable row level security;

create policy own on agent_directories     to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on queues                to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on agents                to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on sources               to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on connectors            to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on queue_mappings        to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on scans                 to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on files                 to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on file_rejections       to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on usage_days            to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on conversations         to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on conversation_contents to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
create policy own on audit                 to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));
