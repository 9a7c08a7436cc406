-- The messages that appended events are worth: $1 tenant; $2 streams, $3 versions, $4 public types, $5 connectors.
with endpoint as materialized (
    select w.*
    from (select $1::text as tenant_id offset 0) t -- see docs/decisions
    cross join lateral (
        select id, event_types, connector_ids from webhook_endpoints
        where tenant_id = t.tenant_id and enabled and deleted_at is null
        offset 0) w
)
insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type)
select n.tenant_id, w.id, e.seq_id, e.id, e.stream_id, n.type
from (
    select $1::text as tenant_id, stream_id, version, type, connector_id
    from unnest($2::uuid[], $3::bigint[], $4::text[], $5::uuid[]) as n (stream_id, version, type, connector_id)
    offset 0
) n
cross join lateral (
    select seq_id, id, stream_id from events.mt_events
    where tenant_id = n.tenant_id and stream_id = n.stream_id and version = n.version
    offset 0) e
join endpoint w
    on (w.event_types = '{}' or n.type = any(w.event_types))
    and (w.connector_ids = '{}' or n.connector_id = any(w.connector_ids))
-- Most tenants have no endpoint, and then no event is looked up.
where (select exists (select from endpoint))
order by e.seq_id
