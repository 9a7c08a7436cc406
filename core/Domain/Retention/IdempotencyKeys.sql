-- They expire by themselves; $1 days are kept beyond. The tenant '' is the administrators'.
with gone as (
    delete from idempotency_keys
    where ctid = any(array(
        select k.ctid
        from (select id from tenants union all select '') t
        cross join lateral (
            select ctid from idempotency_keys
            where tenant_id = t.id and expires_at < now() - make_interval(days => $1)
            order by expires_at limit $2 for update skip locked
        ) k
        limit $2))
    returning 1
)
select count(*) from gone
