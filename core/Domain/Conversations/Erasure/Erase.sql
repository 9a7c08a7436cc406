-- Deletes what is stored of a conversation: $1 tenant, $2 its id; $3 its namespace and $4 its external id; $5 whether rows that
-- give the external id alone mean no other conversation.
with about as materialized (
    select $1::text as tenant_id, $2::uuid as id, $3::text as namespace, $4::text as external_id
),
contents as (
    delete from conversation_contents c using about a where c.tenant_id = a.tenant_id and c.conversation_id = a.id
),
search as (
    delete from conversation_search s using about a where s.tenant_id = a.tenant_id and s.conversation_id = a.id
),
-- Not those that are being grouped, and so deleted: who groups them asks for erasures behind it, and would wait for this one.
staged as (
    delete from feed_messages
    where ctid = any(array(
        select m.ctid
        from about a
        cross join lateral (select i.id from feed_imports i where i.tenant_id = a.tenant_id and i.state in ('staging', 'retired') offset 0) i
        join feed_messages m on m.tenant_id = a.tenant_id and m.import_id = i.id and m.conversation_id = a.id
        for update of m skip locked))
),
parts as (
    delete from feed_parts p using about a where p.tenant_id = a.tenant_id and p.conversation_id = a.id
),
recordings as (
    delete from feed_recordings r using about a where r.tenant_id = a.tenant_id and r.conversation_id = a.id
),
calls as (
    delete from call_records r using about a
    where $5::boolean and r.tenant_id = a.tenant_id and r.external_id = a.external_id and r.namespace = a.namespace
    returning 1
),
sold as (
    delete from sales s using about a
    where $5::boolean and s.tenant_id = a.tenant_id and s.issue_id = a.external_id and s.namespace = a.namespace
    returning 1
),
-- Of rows that were refused nobody knows more than the external id.
refused as (
    delete from file_rejections r
    using about a, files f, connectors c
    where r.tenant_id = a.tenant_id and r.external_id = a.external_id
      and f.id = r.file_id and c.id = f.connector_id and c.namespace = a.namespace
    returning 1
),
-- Answers that are kept to be given again may show the conversation.
repeats as (
    delete from idempotency_keys k using about a where k.tenant_id = a.tenant_id and k.subject = a.id
),
-- What subscribers answered may repeat what they were told.
answers as (
    update webhook_attempts t set response = null
    from about a
    cross join lateral (select e.id from events.mt_events e where e.tenant_id = a.tenant_id and e.stream_id = a.id offset 0) e
    cross join lateral (select d.id from webhook_deliveries d where d.tenant_id = a.tenant_id and d.event_id = e.id offset 0) d
    where t.delivery_id = d.id and t.response is not null
)
select (select count(*) from calls), (select count(*) from sold), (select count(*) from refused)
