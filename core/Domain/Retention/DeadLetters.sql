with gone as (
    delete from work_items
    where ctid = any(array(
        select ctid from work_items
        where state = 'dead' and updated_at < now() - make_interval(days => $1)
        order by updated_at limit $2 for update skip locked))
    returning 1
)
select count(*) from gone
