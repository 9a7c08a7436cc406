-- What only the database knows, of all tenants together: metric, label, value. Every part reaches its rows by an index, or reads
-- a table of configuration.
select 'connectors' as metric,
       case when suspended_at is not null then 'suspended' when enabled then 'enabled' else 'disabled' end as label,
       count(*)::double precision as value
from connectors where deleted_at is null
group by 2
union all
(select 'scan_age', id::text, extract(epoch from clock_timestamp() - coalesce(last_discovery_at, created_at))::double precision
 from connectors
 where deleted_at is null and enabled and suspended_at is null and schedule is not null
 order by 3 desc, 2 limit $1)
union all
select 'deliveries', state, count(*)::double precision
from webhook_deliveries where state = 'pending' and exists (select from webhook_endpoints e where e.id = endpoint_id and e.deleted_at is null) group by state
union all
select 'deliveries', state, count(*)::double precision
from webhook_deliveries where state = 'retrying' and exists (select from webhook_endpoints e where e.id = endpoint_id and e.deleted_at is null) group by state
union all
select 'delivery_age', null, coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::double precision
from webhook_deliveries where state = 'pending' and exists (select from webhook_endpoints e where e.id = endpoint_id and e.deleted_at is null)
union all
select 'endpoints', case when not e.enabled then 'disabled' when s.failing_since is not null then 'failing' else 'working' end, count(*)::double precision
from webhook_endpoints e
left join webhook_senders s on s.endpoint_id = e.id
where e.deleted_at is null
group by 2
union all
select 'quota_ended', null, count(*)::double precision
from quota_days where day = utc_day() and ended_limit is not null
union all
select 'files_deferred', null, count(*)::double precision
from files where status = 'deferred' and not removed
union all
-- What waited for a queue, an agent, a retry or a marker says nothing of the pipeline's speed.
select 'completion', q.label, q.value
from (
    select count(*) as completed,
           percentile_cont(array[0.5, 0.95, 1]) within group (order by extract(epoch from c.completed_at - f.seen_at)) as seconds
    from conversations c
    join files f on f.tenant_id = c.tenant_id and f.id = c.file_id
    where c.completed_at > clock_timestamp() - interval '5 minutes' and not c.waited and f.batch_id is null and c.completed_at >= f.seen_at
) recent
cross join lateral (values
    ('0.5', recent.seconds[1]), ('0.95', recent.seconds[2]), ('1', recent.seconds[3]), ('count', recent.completed::double precision)
) q (label, value)
where q.value is not null
