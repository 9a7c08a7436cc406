-- Tenants and keys are listed by their age, a page at a time.
create index tenants_by_age on tenants (created_at, id);
create index api_keys_by_age on api_keys (created_at, id);
drop index api_keys_by_tenant;
create index api_keys_by_tenant on api_keys (tenant_id, created_at, id);
