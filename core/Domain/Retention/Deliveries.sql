-- Their attempts go with them. What waits for an endpoint that was removed is never sent.
with removed as (
    select id, tenant_id from webhook_endpoints where deleted_at is not null
), gone as (
    delete from webhook_deliveries
    where ctid = any(array(
        select ctid from webhook_deliveries
        where state in ('delivered', 'failed') and created_at < now() - make_interval(days => $1)
        order by created_at limit $2 for update skip locked))
    returning 1
), unsent as (
    delete from webhook_deliveries
    where ctid = any(array(
        select d.ctid
        from removed e
        cross join lateral (
            (select ctid from webhook_deliveries where endpoint_id = e.id and state = 'pending' limit $2)
            union all
            (select ctid from webhook_deliveries where endpoint_id = e.id and state = 'retrying' limit $2)) d
        limit $2))
    returning 1
)
select (select count(*) from gone) + (select count(*) from unsent)
