-- A page of the sales that are shown, latest first, each with up to two of the conversations that bear the external id that it names.
select
    r.id, r.attribution, c.found, r.issue_id, r.external_customer_id, r.connector_id, r.batch_id, r.file_id, r.line,
    r.transaction_id, r.transaction_line, r.transaction_time, r.transaction_value_one_time, r.transaction_value_recurring,
    r.customer_category, r.customer_subcategory, r.external_session_id,
    r.product_category, r.product_subcategory, r.product_name, r.product_id, r.product_quantity,
    r.product_value_one_time, r.product_value_recurring, r.lists::text, r.attributes::text, r.warnings
from (
    select * from visible_sales r
    where ($1::uuid is null or r.id = $1)
      and ($2::text is null or r.issue_id = $2)
      and ($3::text is null or r.namespace = $3)
      and ($4::text is null or r.external_customer_id = $4)
      and ($5::uuid is null or r.connector_id = $5)
      and ($6::uuid is null or r.import_id = (select i.id from feed_imports i where i.batch_id = $6 and i.state = 'current' limit 1))
      and ($7::text is null or r.transaction_id = $7)
      and ($8::text is null or r.product_id = $8)
      and ($9::text is null or r.attribution = $9)
      and ($10::timestamptz is null or r.transaction_time >= $10)
      and ($11::timestamptz is null or r.transaction_time < $11)
      and ($12::timestamptz is null or (r.transaction_time, r.id) < ($12, $13::uuid))
    order by r.transaction_time desc, r.id desc
    limit $14::integer
) r
cross join lateral (
    select coalesce(array_agg(n.id), '{}') as found
    from (
        select n.id
        from (select id, namespace, status from conversations where tenant_id = r.tenant_id and external_id = r.issue_id offset 0) n
        where n.namespace = r.namespace and n.status not in ('withdrawn', 'erased')
        limit 2
    ) n
) c
order by r.transaction_time desc, r.id desc
