-- What a source has before its first file: a tenant, a connector, the feed. Not timed.
set search_path = qi;
insert into tenants (id, name, external_id) values (:'tenant', 'Benchmark', 'x');
insert into agent_directories (tenant_id) values (:'tenant') on conflict do nothing;
insert into sources (id, tenant_id, endpoint, bucket, format)
values (md5(:'tenant')::uuid, :'tenant', '', 'bucket', 'feeds');
insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
values (md5('connector' || :'tenant')::uuid, :'tenant', md5(:'tenant')::uuid, 'Benchmark', 'feeds', :'tenant', '{}');
