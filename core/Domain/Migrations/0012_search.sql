-- What is searched of conversations: the words of what was said, and the values beside it. One row a conversation, of its current
-- revision, in a table of its own: adding columns to the contents would rewrite the largest table while nobody can read it.

-- A GIN index that leads with the tenant. The extension is trusted: whoever may create objects in the database may create it.
create extension if not exists btree_gin;

-- Lower case without accents and typographic marks, the same whatever locale the database has: "Café" is found by "cafe".
create function search_fold(text) returns text language sql immutable strict parallel safe as $$
    select lower(
        case when octet_length($1) = char_length($1) then $1 else
            regexp_replace(
                regexp_replace(normalize($1, nfkd), '[\u0300-\u036F]', '', 'g'),
                '[\u00A1-\u00BF\u00D7\u00F7\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u3000-\u303F\uFF00-\uFF0F]', ' ', 'g')
        end collate "und-x-icu")
$$;

-- Json whose texts PostgreSQL can hold: without NUL and without halves of surrogate pairs, which json may write but text may not have.
-- Escaped backslashes are written another way first, so that what is left begins an escape.
create function search_clean(json) returns json language sql immutable strict parallel safe as $$
    select case when $1::text !~ '\\u(0000|[dD][89a-fA-F])' then $1 else
        regexp_replace(
            regexp_replace(
                regexp_replace(replace($1::text, '\\', '\u005c'), '\\u0000', '', 'g'),
                '\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])', '', 'g'),
            '(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}', '', 'g')::json
        end
$$;

-- Text as it is read for words: a hyphen within becomes what separates words and nothing else, or "c-17" would be a letter and a
-- negative number; in a query its words then are a phrase. A hyphen before a word stays: in a query it excludes.
create function search_text(text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(search_fold($1), '(?<=[^[:space:]"-])-(?=[^[:space:]])', '_', 'g')
$$;

-- The words of a transcript with their places: of its first 200,000 characters, whose words always fit.
create function search_words(transcript json) returns tsvector language sql immutable strict parallel safe as $$
    select to_tsvector('pg_catalog.simple', left(search_text(left(string_agg(u.value ->> 'text', ' ' order by u.ordinality), 200000)), 200000))
    from json_array_elements(search_clean(transcript) -> 'utterances') with ordinality u
$$;

-- What a term "path=value" is searched by. The length is what an entry of the index holds.
create function search_term(text) returns text language sql immutable strict parallel safe as $$
    select left(search_fold($1), 500)
$$;

-- A record's values, each as "path=value", the names of the path joined by dots and elements of arrays under their array's path.
-- The first 1,000, the outermost first, to the eighth level. Numbers as they are written: numeric cannot hold them all.
create function search_terms(members json) returns text[] language sql immutable strict parallel safe as $$
    with recursive part (path, value, level) as (
        select '', search_clean(members), 1
        union all
        select case when c.key is null then p.path when p.path = '' then c.key else p.path || '.' || c.key end, c.value, p.level + 1
        from part p
        cross join lateral (
            select key, value from json_each(case when json_typeof(p.value) = 'object' then p.value else '{}' end)
            union all
            select null, value from json_array_elements(case when json_typeof(p.value) = 'array' then p.value else '[]' end)
        ) c
        where p.level <= 8 and json_typeof(p.value) in ('object', 'array')
    )
    select array_agg(distinct search_term(path || '=' || value))
    from (
        select path, value #>> '{}' as value from part
        where json_typeof(value) in ('string', 'number', 'boolean') limit 1000
    ) leaf
$$;

create table conversation_search (
    tenant_id       text not null,
    conversation_id uuid not null,
    revision        integer not null,
    words           tsvector,
    attributes      text[],
    primary key (tenant_id, conversation_id)
);

insert into conversation_search (tenant_id, conversation_id, revision, words, attributes)
select v.tenant_id, v.id, v.revision, search_words(coalesce(c.transcript_json, c.transcript::json)), search_terms(c.members)
from conversations v
join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
where c.transcript_json is not null or c.transcript is not null or c.members is not null;

create index conversation_search_words on conversation_search using gin (tenant_id, words);
create index conversation_search_attributes on conversation_search using gin (tenant_id, attributes);

-- Requests cannot read the table: its operators are not leakproof, so that behind row-level security no index would serve them.
-- They call these two, which run as the owner and take the tenant from the session.
alter table conversation_search enable row level security;
create policy own on conversation_search to qi_request using (tenant_id = nullif(current_setting('qi.tenant', true), ''));

create function search_transcripts(query text) returns setof uuid
language sql stable strict security definer rows 200 set search_path = qi, pg_catalog, pg_temp as $$
    select conversation_id from conversation_search
    where tenant_id = nullif(current_setting('qi.tenant', true), '')
      and words @@ websearch_to_tsquery('pg_catalog.simple', search_text(left(query, 1000)))
$$;

create function search_attributes(term text) returns setof uuid
language sql stable strict security definer rows 200 set search_path = qi, pg_catalog, pg_temp as $$
    select conversation_id from conversation_search
    where tenant_id = nullif(current_setting('qi.tenant', true), '') and attributes @> array[search_term(term)]
$$;

revoke execute on function search_transcripts(text), search_attributes(text) from public;
grant execute on function search_transcripts(text), search_attributes(text) to qi_request;

-- What lists of queries are ordered by, beside the orders of the REST API. Conversations without a number follow in the order of their start.
create index conversations_by_receipt on conversations (tenant_id, received_at, id);
create index conversations_by_duration on conversations (tenant_id, duration_ms, started_at, id);
create index scans_by_start on scans (tenant_id, started_at, id);
create index connectors_by_creation on connectors (tenant_id, created_at, id);
