select json_build_object('conversationStats', coalesce(json_agg(json_build_object(
    'key', json_build_object('channel', upper(g.channel), 'month', g.month),
    'count', g.count,
    'durationMs', json_build_object('avg', g.duration, 'p90', g.duration_p90),
    'firstResponseMs', json_build_object('avg', g.response, 'max', g.response_max),
    'csatScore', json_build_object('avg', g.csat)) order by g.channel, g.month), '[]'))
from (
    select channel, date_trunc('month', started_at at time zone 'Europe/Berlin')::date as month, count(*) as count,
        avg(duration_ms)::double precision as duration, percentile_cont(0.9) within group (order by duration_ms) as duration_p90,
        avg(first_response_ms)::double precision as response, max(first_response_ms) as response_max, avg(csat_score) as csat
    from conversations
    where status not in ('withdrawn', 'erased') and started_at >= $1
    group by 1, 2
) g
