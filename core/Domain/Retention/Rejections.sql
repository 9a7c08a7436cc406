with gone as (
    delete from file_rejections
    where ctid = any(array(
        select ctid from file_rejections where at < now() - make_interval(days => $1) order by at limit $2 for update skip locked))
    returning 1
)
select count(*) from gone
