-- $1 lane, $2 tenant, $3 closed
insert into work_lanes as l (lane, tenant_id, closed) values ($1, $2, $3)
on conflict (lane) do update set closed = excluded.closed where l.tenant_id = excluded.tenant_id
