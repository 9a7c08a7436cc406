-- $1 id, $2 fence, $3 progress, $4 lease
-- Attempts count since the last step forward: long work that is interrupted often is no poison.
update work_items
set progress    = $3::jsonb,
    attempts    = case when progress is distinct from $3::jsonb then least(attempts, 1) else attempts end,
    lease_until = clock_timestamp() + $4::interval,
    updated_at  = clock_timestamp()
where id = $1 and fence = $2 and state = 'running'
