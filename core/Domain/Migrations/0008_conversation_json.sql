-- Conversations that arrive with their transcript, and what they say beside it.

-- As json, numbers keep their digits and objects the order of their members, which jsonb gives up. A column of its own:
-- changing the type of the old one would rewrite the largest table while nobody can read it. What is written from now on
-- is in the new one; what was written before stays in "transcript".
alter table conversation_contents
    add column transcript_json json,
    add column members json;

alter table conversations
    add column external_agent_id text,
    add column is_resolved boolean,
    add column csat_score double precision,
    add column place_member text,
    add column place_line bigint,
    add column place_index bigint;

update conversations v set external_agent_id = c.parsed ->> 'agentId'
from conversation_contents c
where c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision and c.parsed ->> 'agentId' is not null;

create index conversations_by_external_agent on conversations (tenant_id, external_agent_id, started_at, id) where external_agent_id is not null;
create index conversations_by_resolution on conversations (tenant_id, is_resolved, started_at, id) where is_resolved is not null;
create index conversations_by_csat on conversations (tenant_id, csat_score, started_at, id) where csat_score is not null;

-- Where a refused row stands, in files of members, lines or elements.
alter table file_rejections
    add column place_member text,
    add column place_line bigint,
    add column place_index bigint;

-- The queue of conversations whose format names none. A column that follows the settings, so that such a queue cannot be deleted.
alter table connectors
    add column default_queue_id uuid generated always as ((settings ->> 'defaultQueue')::uuid) stored references queues;
create index connectors_by_default_queue on connectors (default_queue_id) where default_queue_id is not null;
