-- A page of the call records that are shown, latest begun first, each with up to two of the conversations that bear its external id.
select
    r.id, c.found, r.external_id, r.connector_id, r.batch_id, r.file_id, r.line,
    r.customer_id, r.call_start, r.call_end, r.call_assigned_to_agent, r.customer_type, r.survey_offered, r.survey_taken, r.survey_answer,
    r.toll_free_number, r.ivr_intent, r.ivr_resolved, r.ivr_abandoned, r.agent_queue_assigned, r.time_in_queue, r.queue_abandoned,
    r.call_handle_time, r.call_wrap_time, r.transfer, r.disposition_category, r.disposition_notes, r.transaction_completed,
    r.caller_account_value, r.lists::text, r.attributes::text, r.warnings
from (
    select * from visible_call_records r
    where ($1::uuid is null or r.id = $1)
      and ($2::text is null or r.external_id = $2)
      and ($3::text is null or r.namespace = $3)
      and ($4::text is null or r.customer_id = $4)
      and ($5::uuid is null or r.connector_id = $5)
      and ($6::uuid is null or r.import_id = (select i.id from feed_imports i where i.batch_id = $6 and i.state = 'current' limit 1))
      and ($7::text is null or r.agent_queue_assigned = $7)
      and ($8::text is null or r.disposition_category = $8)
      and ($9::boolean is null or (r.transfer is not null) = $9)
      and ($10::timestamptz is null or r.call_start >= $10)
      and ($11::timestamptz is null or r.call_start < $11)
      and ($12::timestamptz is null or (r.call_start, r.id) < ($12, $13::uuid))
    order by r.call_start desc, r.id desc
    limit $14::integer
) r
cross join lateral (
    select coalesce(array_agg(n.id), '{}') as found
    from (
        select n.id
        from (select id, namespace, status from conversations where tenant_id = r.tenant_id and external_id = r.external_id offset 0) n
        where n.namespace = r.namespace and n.status not in ('withdrawn', 'erased')
        limit 2
    ) n
) c
order by r.call_start desc, r.id desc
