-- $1 kind, $2 at most
-- What its worker no longer holds waits again, in the place that its lease's end gives it.
update work_items w
set state = 'available', available_at = w.lease_until, lease_until = null, updated_at = clock_timestamp()
from (
    select id
    from work_items
    where kind = $1 and state = 'running' and lease_until < statement_timestamp()
    order by lease_until
    limit $2
    for update skip locked
) late
where w.id = late.id
