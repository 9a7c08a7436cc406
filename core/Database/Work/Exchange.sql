-- $1 id, $2 fence, $3 the other one's key, $4 lease
-- The other one of the same tenant and kind is claimed, if it waits and is due; then the first one waits again, in its old
-- place and with its attempt.
with mine as (
    select id, tenant_id, kind from work_items where id = $1 and fence = $2 and state = 'running' for update
),
taken as (
    update work_items w
    set state        = 'running',
        lease_until  = clock_timestamp() + $4::interval,
        fence        = w.fence + 1,
        attempts     = case when w.next_payload is null or w.next_payload = w.payload then w.attempts + 1 else 1 end,
        progress     = case when w.next_payload is null then w.progress end,
        payload      = coalesce(w.next_payload, w.payload),
        next_payload = null,
        next_at      = null,
        updated_at   = clock_timestamp()
    from mine m
    where w.tenant_id = m.tenant_id and w.kind = m.kind and w.key = $3
      and w.state = 'available' and w.available_at <= clock_timestamp()
      and not exists (select from work_lanes l where l.slot = w.slot and l.closed)
    returning w.id, w.tenant_id, w.kind, w.key, w.lane, w.payload::text, w.progress::text, w.attempts, w.fence
),
returned as (
    update work_items
    set state = 'available', attempts = greatest(attempts - 1, 0), lease_until = null, updated_at = clock_timestamp()
    where id = (select id from mine) and exists (select from taken)
)
select t.* from taken t
