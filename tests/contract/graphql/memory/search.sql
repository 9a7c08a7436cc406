-- What the pipeline writes of each conversation for the search.
insert into qi.conversation_search (tenant_id, conversation_id, revision, words, attributes)
select v.tenant_id, v.id, v.revision, qi.search_words(coalesce(c.transcript_json, c.transcript::json)), qi.search_terms(c.members)
from qi.conversations v
join qi.conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision;
