-- Takes endpoints that have something due and that no node serves: $1 node, $2 lease, $3 the most.
with due as (
    select e.id, e.tenant_id
    from webhook_endpoints e
    left join webhook_senders s on s.endpoint_id = e.id
    where e.enabled and e.deleted_at is null
      and (s.lease_until is null or s.lease_until < clock_timestamp())
      and (
        exists (select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'pending')
            -- In strict order what waits for its next attempt holds up everything behind it.
            and not (e.strict_order and exists (
                select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'retrying' and d.next_at > clock_timestamp()))
        or exists (select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'retrying' and d.next_at <= clock_timestamp()))
    limit $3
), taken as (
    insert into webhook_senders as s (endpoint_id, node, fence, lease_until)
    select id, $1, 1, clock_timestamp() + $2 from due order by id
    on conflict (endpoint_id) do update set node = excluded.node, fence = s.fence + 1, lease_until = excluded.lease_until
    where s.lease_until is null or s.lease_until < clock_timestamp()
    returning s.endpoint_id, s.fence
)
select t.endpoint_id, d.tenant_id, t.fence from taken t join due d on d.id = t.endpoint_id
