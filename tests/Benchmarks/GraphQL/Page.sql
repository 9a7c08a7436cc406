select json_build_object('conversations', json_build_object(
    'nodes', coalesce(json_agg(page.node order by page.started_at desc, page.id desc) filter (where page.place <= $1), '[]'),
    'pageInfo', json_build_object('hasNextPage', count(*) > $1)))
from (
    select c.id, c.started_at, row_number() over (order by c.started_at desc, c.id desc) as place, json_build_object(
        'externalId', c.external_id, 'channel', upper(c.channel), 'status', upper(c.status),
        'startedAt', to_char(c.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'endedAt', to_char(c.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'queue', q.node, 'agent', a.node,
        'metrics', case when c.duration_ms is not null then json_build_object(
            'durationMs', c.duration_ms, 'utterances', c.utterances, 'turns', c.turns, 'agentWords', c.agent_words,
            'customerWords', c.customer_words, 'firstResponseMs', c.first_response_ms, 'meanResponseMs', c.mean_response_ms) end,
        'messages', json_build_object('nodes', coalesce(m.nodes, '[]'))) as node
    from (
        select * from conversations where status not in ('withdrawn', 'erased') order by started_at desc, id desc limit $1 + 1
    ) c
    left join lateral (select json_build_object('name', q.name) as node from queues q where q.id = c.queue_id) q on true
    left join lateral (select json_build_object('name', a.name, 'email', a.email) as node from agents a where a.id = c.agent_id) a on true
    left join lateral (
        select json_agg(json_build_object('index', u.index, 'role', upper(u.role), 'startMs', u."startMs", 'text', u.text) order by u.index) as nodes
        from (
            select u.*
            from conversation_contents t
            cross join lateral json_to_recordset(coalesce(t.transcript_json, t.transcript::json) -> 'utterances') as u (index integer, role text, "startMs" bigint, text json)
            where t.tenant_id = c.tenant_id and t.conversation_id = c.id and t.revision = c.revision
            order by u.index limit $2
        ) u
    ) m on true
) page
