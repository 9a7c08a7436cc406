-- A place in the feed that everything of a time or later stands behind, by halves: $1 tenant; $2 and $3, the places between which
-- to look; $4 that time; $5 how close is close enough.
-- A number is drawn after its event's time, the beginning of the transaction, so an event tells only of what stands before it that
-- it was drawn by the end of that transaction: $4 has to leave room for one that is long.
with recursive narrowed (low, high) as (
    select $2::bigint, $3::bigint
    union all
    select
        case when found.timestamp < $4 then found.seq_id else n.low end,
        case when found.timestamp < $4 then n.high else n.low + (n.high - n.low) / 2 end
    from narrowed n
    left join lateral (
        select e.seq_id, e.timestamp
        from events.mt_events e
        where e.tenant_id = $1 and e.seq_id > n.low + (n.high - n.low) / 2 and e.seq_id <= n.high
        order by e.tenant_id, e.seq_id
        limit 1
    ) found on true
    where n.high - n.low > $5
)
select max(low) from narrowed
