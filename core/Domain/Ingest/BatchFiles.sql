-- $1 tenant, $2 batch, $3 the time of its marker: what that seals, in the order of the keys
select id, key, etag, size, last_modified
from files
where tenant_id = $1 and batch_id = $2 and not removed and status <> 'skipped' and last_modified <= $3
order by key
