-- Writes a page of messages about events that have happened: $1 tenant, $2 endpoint, $3 replay; events behind $4 and up to $5,
-- of the time $6 or later, at most $7 of them looked at; $8 stored names and $9 the public ones.
-- Gives the last event that was looked at, or nothing where there is none left.
with page as materialized (
    select e.tenant_id, e.seq_id, e.id, e.stream_id, e.type, e.timestamp, e.data ->> 'connectorId' as connector_id
    from events.mt_events e
    where e.tenant_id = $1 and e.seq_id > $4 and e.seq_id <= $5
    order by e.seq_id
    limit $7
), told as (
    insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type, replay_id)
    select $1, w.id, p.seq_id, p.id, p.stream_id, n.public, $3
    from page p
    join unnest($8::text[], $9::text[]) as n (stored, public) on n.stored = p.type
    join webhook_endpoints w on w.tenant_id = $1 and w.id = $2 and w.deleted_at is null
        and (w.event_types = '{}' or n.public = any(w.event_types))
    where ($6::timestamptz is null or p.timestamp >= $6)
      and (w.connector_ids = '{}' or coalesce(
        (select connector_id from conversations where tenant_id = p.tenant_id and id = p.stream_id),
        (select connector_id from erased_conversations where tenant_id = p.tenant_id and id = p.stream_id),
        (select connector_id from files where tenant_id = p.tenant_id and id = p.stream_id),
        (select connector_id from batches where tenant_id = p.tenant_id and id = p.stream_id),
        p.connector_id::uuid) = any(w.connector_ids))
    order by p.seq_id
)
select max(seq_id) from page having count(*) > 0
