-- $1 ids, $2 fences; the count of those that are held under their fence
-- What was asked for again meanwhile waits anew; the rest is done.
with held as (
    select w.id, w.next_payload is not null as again
    from unnest($1::bigint[], $2::bigint[]) as mine (id, fence)
    join work_items w on w.id = mine.id and w.fence = mine.fence and w.state = 'running'
    order by w.tenant_id, w.kind, w.key -- as Enqueue.sql takes them
    for update of w
),
done as (
    delete from work_items where id in (select id from held where not again)
),
anew as (
    update work_items
    set state = 'available', attempts = 0, progress = null, error_code = null, error_detail = null, lease_until = null,
        available_at = greatest(next_at, clock_timestamp()), updated_at = clock_timestamp()
    where id in (select id from held where again)
)
select count(*) from held
