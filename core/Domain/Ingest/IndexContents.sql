insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select distinct on (c.conversation_id)
    c.tenant_id, c.conversation_id, c.revision, search_words(coalesce(c.transcript_json, c.transcript::json)), search_terms(c.members)
from (
    select $1 as tenant_id, id, revision
    from unnest($2::uuid[], $3::integer[]) as v (id, revision)
    offset 0 -- see docs/decisions
) v
join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
where c.revision > 1 or c.transcript_json is not null or c.transcript is not null or c.members is not null
order by c.conversation_id, c.revision desc
on conflict (tenant_id, conversation_id) do update set
    revision = excluded.revision, words = excluded.words, attributes = excluded.attributes
where conversation_search.revision <= excluded.revision
