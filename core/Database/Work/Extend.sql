-- $1 ids, $2 fences, $3 lease
update work_items w
set lease_until = clock_timestamp() + $3::interval
from (
    select w.id
    from unnest($1::bigint[], $2::bigint[]) as mine (id, fence)
    join work_items w on w.id = mine.id and w.fence = mine.fence and w.state = 'running'
    order by w.tenant_id, w.kind, w.key -- as Enqueue.sql takes them
    for update of w
) held
where w.id = held.id
returning w.id, w.fence
