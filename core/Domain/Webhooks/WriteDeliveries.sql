-- The messages that appended events are worth: $1 tenant; $2 streams, $3 versions, $4 public types, $5 connectors.
insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type)
select n.tenant_id, w.id, e.seq_id, e.id, e.stream_id, n.type
from (
    select $1 as tenant_id, stream_id, version, type, connector_id
    from unnest($2::uuid[], $3::bigint[], $4::text[], $5::uuid[]) as n (stream_id, version, type, connector_id)
    offset 0 -- see docs/decisions
) n
join events.mt_events e on e.tenant_id = n.tenant_id and e.stream_id = n.stream_id and e.version = n.version
join webhook_endpoints w on w.tenant_id = n.tenant_id
    and w.enabled and w.deleted_at is null
    and (w.event_types = '{}' or n.type = any(w.event_types))
    and (w.connector_ids = '{}' or n.connector_id = any(w.connector_ids))
-- Looked at once: most tenants have no endpoint, and then no event is looked up.
where (select exists (select from webhook_endpoints where tenant_id = $1 and enabled and deleted_at is null))
order by e.seq_id
