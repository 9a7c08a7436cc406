-- Their attempts go with them.
with gone as (
    delete from webhook_deliveries
    where ctid = any(array(
        select ctid from webhook_deliveries
        where state in ('delivered', 'failed') and created_at < now() - make_interval(days => $1)
        order by created_at limit $2 for update skip locked))
    returning 1
)
select count(*) from gone
