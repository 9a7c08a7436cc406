-- Records attempts ($1 tenant): $2 messages, $3 numbers, $4 durations, $5 statuses, $6 codes, $7 answers, $8 states, $9 waits; to
-- endpoint $10 under fence $11, $12: something arrived; null: nothing but tests failed, which tell of no failure.
-- Gives whether nothing has arrived for $13, or no row where the fence is another's.
with held as (
    update webhook_senders
    set failing_since = case when $12::boolean then null when not $12 then coalesce(failing_since, clock_timestamp()) else failing_since end
    where endpoint_id = $10 and fence = $11
    returning coalesce(not $12 and failing_since < clock_timestamp() - $13::interval, false) as failing
), attempted as (
    select $1 as tenant_id, a.*
    from unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::interval[])
        as a (id, number, duration_ms, status, error_code, response, state, wait)
    where exists (select from held)
    offset 0 -- see docs/decisions
), told as (
    update webhook_deliveries d set
        state = a.state, attempts = a.number, status = a.status, error_code = a.error_code,
        next_at = clock_timestamp() + a.wait,
        attempted_at = clock_timestamp() - a.duration_ms * interval '1 millisecond',
        delivered_at = case when a.state = 'delivered' then clock_timestamp() end
    from attempted a
    where d.id = a.id and d.tenant_id = a.tenant_id
      and d.attempts < a.number -- else it is recorded already, by a statement whose answer was lost
    returning d.id, d.stream_id
), kept as (
    insert into webhook_attempts (tenant_id, delivery_id, number, at, duration_ms, status, error_code, response)
    select a.tenant_id, a.id, a.number, clock_timestamp() - a.duration_ms * interval '1 millisecond', a.duration_ms, a.status, a.error_code,
        -- What was sent before its conversation was erased may be repeated in the answer.
        case when not exists (select from erased_conversations e where e.tenant_id = a.tenant_id and e.id = t.stream_id) then a.response end
    from attempted a
    join told t on t.id = a.id
)
select failing from held
