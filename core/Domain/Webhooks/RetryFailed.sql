-- Has what failed tried again: $1 tenant, $2 endpoint; written at $3 or later and last attempted before $4, at most $5 of it.
update webhook_deliveries set state = 'retrying', next_at = clock_timestamp()
where id in (
    select id from webhook_deliveries
    where tenant_id = $1 and endpoint_id = $2 and state = 'failed' and created_at >= $3 and attempted_at < $4
    order by created_at, id
    limit $5)
