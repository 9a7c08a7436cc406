-- $1 tenant, $2 batch, $3 the time of its marker: what that seals, in the order of the keys
-- What was left alone as no recording is looked at anew: the feed may hold something else by now.
select id, key, etag, size, last_modified
from files
where tenant_id = $1 and batch_id = $2 and not removed and last_modified <= $3
  and (status <> 'skipped' or error_code = 'not_a_recording')
order by key
