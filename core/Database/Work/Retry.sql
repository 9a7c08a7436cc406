-- $1 id, $2 fence, $3 back-off, $4 code, $5 detail
-- Another request that came meanwhile is no failure of its own, and does not wait for this one's back-off.
update work_items
set state        = 'available',
    lease_until  = null,
    available_at = case when next_payload is null or next_payload = payload
        then clock_timestamp() + $3::interval
        else greatest(next_at, clock_timestamp())
    end,
    error_code   = $4,
    error_detail = $5,
    updated_at   = clock_timestamp()
where id = $1 and fence = $2 and state = 'running'
