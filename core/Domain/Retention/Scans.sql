with gone as (
    delete from scans
    where ctid = any(array(
        select ctid from scans
        where status <> 'running' and finished_at < now() - make_interval(days => $1)
        order by finished_at limit $2 for update skip locked))
    returning 1
)
select count(*) from gone
