-- The sealed batches of a tenant's source ($1, $2) below a prefix ($3) that were read as something else than the names of their
-- feeds say now ($4, $5), or that failed because nothing was said of them; $6: the only kind, whatever the names are.
select b.path
from batches b
left join unnest($4::text[], $5::text[]) as named (feed, kind) on named.feed = b.feed
where b.tenant_id = $1 and b.source_id = $2 and starts_with(b.path, $3)
  and b.marker is not null
  and coalesce($6::text, named.kind) is not null
  and (b.kind is distinct from coalesce($6::text, named.kind) or b.error_code = 'feed_kind_unknown')
