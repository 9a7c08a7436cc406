-- $1 ids, $2 fences, $3 delay; the count of those that are held under their fence
with held as (
    select w.id
    from unnest($1::bigint[], $2::bigint[]) as mine (id, fence)
    join work_items w on w.id = mine.id and w.fence = mine.fence and w.state = 'running'
    order by w.tenant_id, w.kind, w.key -- as Enqueue.sql takes them
    for update of w
),
returned as (
    update work_items
    set state = 'available', attempts = greatest(attempts - 1, 0), lease_until = null,
        available_at = clock_timestamp() + $3::interval, updated_at = clock_timestamp()
    where id in (select id from held)
)
select count(*) from held
