-- $1 id, $2 fence, $3 code, $4 detail
-- What was asked for again meanwhile lives on, as it would had it been asked for a moment later.
update work_items
set state        = case when next_payload is null then 'dead' else 'available' end,
    attempts     = case when next_payload is null then attempts else 0 end,
    progress     = case when next_payload is null then progress end,
    available_at = coalesce(greatest(next_at, clock_timestamp()), available_at),
    lease_until  = null,
    error_code   = $3,
    error_detail = $4,
    updated_at   = clock_timestamp()
where id = $1 and fence = $2 and state = 'running'
