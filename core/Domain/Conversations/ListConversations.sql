select
    id, external_id, connector_id, file_id, line, revision, status, hold_counterpart, hold_queue, hold_agent,
    channel, recording_type, analytics_level, external_queue_id, queue_id, agent_email, agent_id, language,
    started_at, ended_at, warnings, error_code, error_detail, retryable, version, received_at, updated_at, completed_at,
    duration_ms, utterances, turns, agent_messages, customer_messages, bot_messages, system_messages,
    agent_words, customer_words, bot_words, agent_talk_ms, customer_talk_ms, silence_ms, longest_silence_ms,
    overtalk_ms, interruptions, first_response_ms, mean_response_ms, agent_words_per_minute, customer_words_per_minute
from conversations
where ($1::uuid is null or connector_id = $1)
  and ($2::uuid is null or file_id = $2)
  and ($3::uuid is null or queue_id = $3)
  and ($4::uuid is null or agent_id = $4)
  and ($5::text is null or channel = $5)
  and case when $6::text is null then status <> 'withdrawn' else status = $6 end
  and ($7::text is null or external_id = $7)
  and ($8::text is null or error_code = $8)
  and ($9::timestamptz is null or started_at >= $9)
  and ($10::timestamptz is null or started_at < $10)
  and ($11::timestamptz is null or (started_at, id) < ($11, $12::uuid))
order by started_at desc, id desc
limit $13
