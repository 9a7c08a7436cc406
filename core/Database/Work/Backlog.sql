-- What waits in a closed lane is nobody's delay, so it is counted apart and has no age.
select w.kind,
       count(*) filter (where w.state = 'available' and l.slot is null and w.available_at <= statement_timestamp()) as due,
       count(*) filter (where w.state = 'available' and l.slot is null and w.available_at > statement_timestamp()) as later,
       count(*) filter (where w.state = 'available' and l.slot is not null) as closed,
       count(*) filter (where w.state = 'running') as running,
       count(*) filter (where w.state = 'dead') as dead,
       coalesce(extract(epoch from statement_timestamp() - min(w.available_at) filter (
           where w.state = 'available' and l.slot is null and w.available_at <= statement_timestamp())), 0)::double precision as oldest_seconds
from work_items w
left join work_lanes l on l.slot = w.slot and l.closed
group by w.kind
order by w.kind
