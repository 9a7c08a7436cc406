select 'conversations', count(*), '' from qi.conversations where tenant_id = $1 order by 1
