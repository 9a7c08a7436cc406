insert into feed_parts (
    tenant_id, import_id, conversation_id, external_id, started_at, ended_at, messages, bytes, warnings, file_id, etag, line, content)
select $1, $2, m.conversation_id, m.external_id,
    timestamptz 'epoch' + m.first_us * interval '1 microsecond', timestamptz 'epoch' + m.last_us * interval '1 microsecond',
    m.messages, m.bytes, case when m.outside_date then array['outside_date'] else array[]::text[] end, f.file_id, f.etag, m.line, m.content
from (
    select conversation_id, min(external_id) as external_id, min(at_us) as first_us, max(at_us) as last_us, count(*) as messages,
        sum(octet_length(text) + coalesce(octet_length(attributes::text), 0) + 64) as bytes, bool_or(outside_date) as outside_date,
        (array_agg(file_ordinal order by at_us, file_ordinal, line))[1] as file_ordinal,
        (array_agg(line order by at_us, file_ordinal, line))[1] as line,
        ('[' || string_agg(
            '[' || at_us || ',"' || role || '",' || to_json(sender) || ',' || to_json(text) || coalesce(',' || attributes, '') || ']',
            ',' order by at_us, file_ordinal, line) || ']')::json as content
    from feed_messages
    where tenant_id = $1 and import_id = $2
    group by conversation_id
) m
join feed_staged_files f on f.import_id = $2 and f.ordinal = m.file_ordinal
