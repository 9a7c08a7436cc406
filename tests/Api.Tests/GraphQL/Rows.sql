-- What queries ask for beside the rows of PlanRows.sql: transcripts with what they are found by, queues, agents and numbers.
update conversation_contents c set
    transcript_json = json_build_object('utterances', json_build_array(
        json_build_object('index', 0, 'role', 'customer', 'startMs', 0, 'text', 'My refund of ' || v.external_id || ' never came, ' || v.tenant_id),
        json_build_object('index', 1, 'role', 'agent', 'startMs', 4000, 'endMs', 5000, 'text', E'The "Café"\n said so.', 'confidence', 0.5))),
    members = json_build_object('user_data', json_build_object('plan', case when v.external_id like '%7' then 'Gold' else 'Silver' end))
from conversations v
where v.tenant_id = c.tenant_id and v.id = c.conversation_id and c.revision = v.revision and v.started_at > now() - interval '300 minutes';
insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select tenant_id, conversation_id, revision, search_words(transcript_json), search_terms(members)
from conversation_contents where transcript_json is not null;
update conversations set duration_ms = 1000 * (1 + line), utterances = 2, turns = 2, agent_messages = 1, customer_messages = 1, bot_messages = 0,
    system_messages = 0, agent_words = 4, customer_words = 8, bot_words = 0
where status = 'completed' and started_at > now() - interval '4000 minutes';
update conversations v set queue_id = q.id from queues q where q.tenant_id = v.tenant_id and q.name = 'Queue ' || (1 + length(v.external_id));
update conversations v set agent_id = a.id from agents a where a.tenant_id = v.tenant_id and a.name = 'Agent ' || (1 + length(v.external_id));

update files f set batch_id = b.id from batches b where b.tenant_id = f.tenant_id and b.path = 'p/' || length(f.key) || '/' and f.batch_id is null;
