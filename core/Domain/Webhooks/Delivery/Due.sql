-- What is due at an endpoint ($1 tenant, $2 endpoint), but for what is on its way already ($3); at most $4 of each kind.
-- The endpoint alone leads to its messages, so that no other index is in question, whatever the table's statistics say.
-- First attempts come in the order of their events, retries by the time that they are due.
with endpoint as (
    select enabled and deleted_at is null as enabled from webhook_endpoints where tenant_id = $1 and id = $2
)
(
    select id, seq, event_id, stream_id, type, attempts, replay_id, state
    from webhook_deliveries
    where endpoint_id = $2 and state = 'pending' and (select enabled from endpoint) and id <> all($3::uuid[])
    order by endpoint_id, seq, id
    limit $4
)
union all
(
    select id, seq, event_id, stream_id, type, attempts, replay_id, state
    from webhook_deliveries
    where endpoint_id = $2 and state = 'retrying' and (select enabled from endpoint) and next_at <= clock_timestamp() and id <> all($3::uuid[])
    order by endpoint_id, next_at
    limit $4
)
