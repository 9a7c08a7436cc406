-- Takes endpoints that have something due and that no node serves: $1 node, $2 lease, $3 the most.
-- What waits leads to its endpoints, one probe each, so that those that have nothing to be told cost nothing.
with recursive pending (id) as (
    (select endpoint_id from webhook_deliveries where state = 'pending' order by endpoint_id limit 1)
    union all
    select (select d.endpoint_id from webhook_deliveries d where d.state = 'pending' and d.endpoint_id > p.id order by d.endpoint_id limit 1)
    from pending p where p.id is not null
), retrying (id) as (
    (select endpoint_id from webhook_deliveries where state = 'retrying' order by endpoint_id limit 1)
    union all
    select (select d.endpoint_id from webhook_deliveries d where d.state = 'retrying' and d.endpoint_id > r.id order by d.endpoint_id limit 1)
    from retrying r where r.id is not null
), due as (
    select e.id, e.tenant_id
    from (select id from pending union select id from retrying) w
    cross join lateral (select * from webhook_endpoints where id = w.id offset 0) e
    left join lateral (select lease_until, failing_since from webhook_senders where endpoint_id = w.id offset 0) s on true
    where e.enabled and e.deleted_at is null
      and (s.lease_until is null or s.lease_until < clock_timestamp())
      and case
        -- In strict order what waits for its next attempt holds up everything behind it.
        when e.strict_order then (
            select next_at is null or next_at <= clock_timestamp()
            from (
                (select next_at, seq, id from webhook_deliveries where endpoint_id = e.id and state = 'pending' order by endpoint_id, seq, id limit 1)
                union all
                (select next_at, seq, id from webhook_deliveries where endpoint_id = e.id and state = 'retrying' order by endpoint_id, seq, id limit 1)
                order by seq, id
                limit 1
            ) next)
        else exists (select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'pending')
          or exists (select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'retrying' and d.next_at <= clock_timestamp())
      end
    -- Those that take what they are sent come before those that do not; else anyone's turn may come, as all give way in time.
    order by s.failing_since is not null, random()
    limit $3
), taken as (
    insert into webhook_senders as s (endpoint_id, node, fence, lease_until)
    select id, $1, 1, clock_timestamp() + $2 from due order by id
    on conflict (endpoint_id) do update set node = excluded.node, fence = s.fence + 1, lease_until = excluded.lease_until
    where s.lease_until is null or s.lease_until < clock_timestamp()
    returning s.endpoint_id, s.fence
)
select t.endpoint_id, d.tenant_id, t.fence from taken t join due d on d.id = t.endpoint_id
