-- What a source has before its first file: a tenant, its agents, a connector. Not timed.
set search_path = qi;
insert into tenants (id, name, external_id) values (:'tenant', 'Benchmark', 'x');
insert into agent_directories (tenant_id) values (:'tenant') on conflict do nothing;
insert into agents (id, tenant_id, name, external_id)
select gen_random_uuid(), :'tenant', 'Agent ' || n, 'agent-' || to_char(n, 'FM000') from generate_series(0, :agents - 1) n;
insert into sources (id, tenant_id, endpoint, bucket, format)
values (md5(:'tenant')::uuid, :'tenant', '', 'bucket', 'conversation-json');
insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
values (md5('connector' || :'tenant')::uuid, :'tenant', md5(:'tenant')::uuid, 'Benchmark', 'conversation-json', :'tenant', '{}');
