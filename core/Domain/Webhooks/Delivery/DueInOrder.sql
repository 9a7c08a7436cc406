-- The one message that may go next to an endpoint in strict order ($1 tenant, $2 endpoint, $3 the last number up to which all events
-- are final: an event behind it may yet be overtaken by an earlier one); none while it waits for its next attempt.
with endpoint as (
    select enabled and deleted_at is null as enabled from webhook_endpoints where tenant_id = $1 and id = $2
)
select id, seq, event_id, stream_id, type, attempts, replay_id, state
from (
    (
        select * from webhook_deliveries
        where tenant_id = $1 and endpoint_id = $2 and state = 'pending' and (select enabled from endpoint)
        order by endpoint_id, seq, id
        limit 1
    )
    union all
    (
        select * from webhook_deliveries
        where tenant_id = $1 and endpoint_id = $2 and state = 'retrying' and (select enabled from endpoint)
        order by endpoint_id, seq, id
        limit 1
    )
    order by seq, id
    limit 1
) next
where (next_at is null or next_at <= clock_timestamp()) and seq <= $3
