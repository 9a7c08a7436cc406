with messages as (
    delete from feed_messages where ctid = any(array(select ctid from feed_messages where tenant_id = $1 and import_id = $2 limit $3))
    returning 1
), parts as (
    delete from feed_parts where ctid = any(array(select ctid from feed_parts where tenant_id = $1 and import_id = $2 limit $3))
    returning 1
), files as (
    delete from feed_staged_files where tenant_id = $1 and import_id = $2
), sizes as (
    delete from feed_staged_sizes where tenant_id = $1 and import_id = $2
)
select (select count(*) from messages), (select count(*) from parts)
