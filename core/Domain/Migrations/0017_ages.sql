-- Tenants and keys are listed by their age, a page at a time.
create index tenants_by_age on tenants (created_at, id);
create index api_keys_by_age on api_keys (created_at, id);
drop index api_keys_by_tenant;
create index api_keys_by_tenant on api_keys (tenant_id, created_at, id);

-- By what an erasure finds messages that are staged. A tree would make storing them more than twice as dear; this one tells which
-- ranges of pages cannot hold a conversation, and is looked through in milliseconds a million messages.
create index feed_messages_by_conversation on feed_messages using brin (conversation_id uuid_bloom_ops (n_distinct_per_range = 1500))
    with (pages_per_range = 32, autosummarize = on);
