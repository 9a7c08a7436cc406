-- $1 kind, $2 at most, $3 lease
-- Every open slot that has due work gets an equal share, in random order, so that a flood in one cannot starve another.
-- A slot is found by one index probe from the slot before it: what waits in a closed lane is never walked over.
with recursive slots (slot) as (
    (select slot from work_items where kind = $1 and state = 'available' order by slot limit 1)
    union all
    select (select w.slot from work_items w where w.kind = $1 and w.state = 'available' and w.slot > s.slot order by w.slot limit 1)
    from slots s
    where s.slot is not null
),
due as materialized (
    select s.slot
    from slots s
    cross join lateral (
        select w.available_at
        from work_items w
        where w.kind = $1 and w.state = 'available' and w.slot = s.slot
        order by w.available_at
        limit 1
    ) first
    where s.slot is not null
      and first.available_at <= statement_timestamp()
      and not exists (select from work_lanes l where l.slot = s.slot and l.closed)
),
picked as materialized (
    select w.id
    from (select slot, ceil($2::numeric / count(*) over ())::bigint as share from due order by random()) d
    cross join lateral (
        select id
        from work_items
        where kind = $1 and state = 'available' and slot = d.slot and available_at <= statement_timestamp()
        order by available_at, id
        limit d.share
        for update skip locked
    ) w
    limit $2
)
update work_items w
set state        = 'running',
    lease_until  = clock_timestamp() + $3::interval,
    fence        = w.fence + 1,
    attempts     = case when w.next_payload is null or w.next_payload = w.payload then w.attempts + 1 else 1 end,
    progress     = case when w.next_payload is null then w.progress end,
    payload      = coalesce(w.next_payload, w.payload),
    next_payload = null,
    next_at      = null,
    updated_at   = clock_timestamp()
where w.id = any (array(select id from picked))
returning w.id, w.tenant_id, w.kind, w.key, w.lane, w.payload::text, w.progress::text, w.attempts, w.fence
