-- The conversations that call records of some imports of a tenant ($1, $2) are about: those that exist, or of which messages or
-- a recording tell, although another transaction may still be making them, behind an id ($3), at most so many ($5), in the order of their ids; beside each, up to where the imports were looked
-- at: null when to their ends. One row without a conversation where there are none. Of each import at most $4 rows are read.
with heads as materialized (
    select i.import_id, h.conversation_id, h.external_id
    from (select $1::text as tenant_id, import_id from unnest($2::uuid[]) as i (import_id) offset 0) i -- see docs/decisions
    cross join lateral (
        select r.conversation_id, r.external_id
        from call_records r
        where r.tenant_id = i.tenant_id and r.import_id = i.import_id and r.conversation_id > $3::uuid
        order by r.conversation_id
        limit $4::integer
    ) h
),
bound as (
    -- What lies behind the least of the last rows, other imports may hold too, unread.
    select (select h.conversation_id
            from (select distinct on (import_id) import_id, conversation_id, count(*) over (partition by import_id) as n
                  from heads order by import_id, conversation_id desc) h
            where h.n = $4::integer
            order by h.conversation_id limit 1) as place
)
select t.conversation_id, t.external_id, b.place
from bound b
left join (
    select h.conversation_id, h.external_id
    from (select distinct on (conversation_id) conversation_id, external_id from heads order by conversation_id) h
    cross join bound b
    where (b.place is null or h.conversation_id <= b.place)
      and (exists (select from conversations c where c.tenant_id = $1 and c.id = h.conversation_id offset 0)
           or exists (
               select from feed_recordings f
               join feed_imports i on i.id = f.import_id
               where f.tenant_id = $1 and f.conversation_id = h.conversation_id and i.state <> 'retired'
               offset 0)
           or exists (
               select from feed_parts p
               join feed_imports i on i.id = p.import_id
               where p.tenant_id = $1 and p.conversation_id = h.conversation_id and i.state <> 'retired'
               offset 0))
    order by h.conversation_id
    limit $5::integer
) t on true
order by t.conversation_id
