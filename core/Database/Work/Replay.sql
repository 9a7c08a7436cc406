-- $1 ids
update work_items
set state = 'available', attempts = 0, available_at = clock_timestamp(), error_code = null, error_detail = null,
    updated_at = clock_timestamp()
where state = 'dead' and id = any ($1::bigint[])
