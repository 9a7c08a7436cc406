-- $1 tenant, $2 kinds, $3 keys, $4 lanes, $5 payloads, $6 delays
-- An item belongs to the lane that asked for it last: what waits in a closed one is moved to an open one.
-- Sorted, so that two callers with the same keys wait for each other rather than deadlock; of one key given twice the last counts.
insert into work_items as w (tenant_id, kind, key, lane, payload, available_at)
select distinct on (n.kind, n.key)
       $1, n.kind, n.key, n.lane, n.payload::jsonb, clock_timestamp() + coalesce(n.delay, interval '0')
from unnest($2::text[], $3::text[], $4::uuid[], $5::text[], $6::interval[]) with ordinality as n (kind, key, lane, payload, delay, place)
order by n.kind, n.key, n.place desc
on conflict (tenant_id, kind, key) do update set
    lane         = excluded.lane,
    state        = case when w.state = 'dead' then 'available' else w.state end,
    attempts     = case when w.state = 'dead' then 0 else w.attempts end,
    payload      = case when w.state = 'dead' then excluded.payload else w.payload end,
    progress     = case when w.state = 'dead' then null else w.progress end,
    error_code   = case when w.state = 'dead' then null else w.error_code end,
    error_detail = case when w.state = 'dead' then null else w.error_detail end,
    next_payload = case when w.state = 'dead' then null else excluded.payload end,
    next_at      = case when w.state = 'dead' then null else excluded.available_at end,
    available_at = case w.state
        when 'dead' then excluded.available_at
        when 'available' then least(w.available_at, excluded.available_at)
        else w.available_at
    end,
    updated_at   = clock_timestamp()
-- What waits already for the same thing is left as it is.
where not (w.state = 'available' and coalesce(w.next_payload, w.payload) = excluded.payload)
