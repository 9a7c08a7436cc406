-- The conversations that recordings of some imports of a tenant ($1, $2) are of, behind an id ($3), at most so many ($4), in the
-- order of their ids: the head of each import's own order, and of these the first.
select distinct on (h.conversation_id) h.conversation_id, h.external_id
from (select $1::text as tenant_id, import_id from unnest($2::uuid[]) as i (import_id) offset 0) i -- see docs/decisions
cross join lateral (
    select r.conversation_id, r.external_id
    from feed_recordings r
    where r.tenant_id = i.tenant_id and r.import_id = i.import_id and r.conversation_id > $3::uuid
    order by r.conversation_id
    limit $4::integer
) h
order by h.conversation_id
limit $4::integer
