insert into conversations (
    tenant_id, id, connector_id, file_id, namespace, agent_part, external_id, line, revision,
    status, hold_counterpart, hold_queue, hold_agent,
    channel, recording_type, analytics_level, external_queue_id, queue_id, agent_email, agent_id,
    language, language_base, started_at, ended_at, warnings, error_code, error_detail, retryable,
    duration_ms, utterances, turns, agent_messages, customer_messages, bot_messages, system_messages,
    agent_words, customer_words, bot_words, agent_talk_ms, customer_talk_ms, silence_ms, longest_silence_ms,
    overtalk_ms, interruptions, first_response_ms, mean_response_ms, agent_words_per_minute, customer_words_per_minute,
    external_agent_id, is_resolved, csat_score, place_member, place_line, place_index,
    recording_ms, agent_rms_dbfs, customer_rms_dbfs, agent_peak_dbfs, customer_peak_dbfs,
    agent_clipped_samples, customer_clipped_samples, agent_noise_floor_dbfs, customer_noise_floor_dbfs, agent_talk_share, customer_talk_share,
    version, received_at, updated_at, completed_at, held_at, waited)
select
    $1, s.id, s.connector_id, s.file_id, s.namespace, p."agentPart", p."externalId", p.line, s.revision,
    s.status, s.hold_counterpart, s.hold_queue, s.hold_agent,
    p.channel, p."recordingType",
    case
        when p."recordingType" = 'stereo' then 'full'
        when p."recordingType" = 'mono' then 'enhanced'
        -- Only the measuring tells whether each party has a channel.
        when p."recordingType" = 'recording' and m."agentTalkMs" is not null then 'full'
        when p.channel = 'chat' then 'full_text'
        else 'text'
    end,
    p."queueId", s.queue_id, p."agentEmail", s.agent_id,
    p.language, p."languageBase", p."startedAt", p."endedAt",
    array(select jsonb_array_elements_text(s.warnings)), s.error_code, s.error_detail, s.retryable,
    m."durationMs", m.utterances, m.turns, m."agentMessages", m."customerMessages", m."botMessages", m."systemMessages",
    m."agentWords", m."customerWords", m."botWords", m."agentTalkMs", m."customerTalkMs", m."silenceMs", m."longestSilenceMs",
    m."overtalkMs", m.interruptions, m."firstResponseMs", m."meanResponseMs", m."agentWordsPerMinute", m."customerWordsPerMinute",
    p."agentId", p."isResolved", p."csatScore", p.place ->> 'member', (p.place ->> 'line')::bigint, (p.place ->> 'index')::bigint,
    m."recordingMs", m."agentRmsDbfs", m."customerRmsDbfs", m."agentPeakDbfs", m."customerPeakDbfs",
    m."agentClippedSamples", m."customerClippedSamples", m."agentNoiseFloorDbfs", m."customerNoiseFloorDbfs", m."agentTalkShare", m."customerTalkShare",
    s.version, now(), now(), case when s.status = 'completed' then now() end, case when s.status = 'held' then now() end, s.waited
from (
    select $1 as tenant_id, r.*
    from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::integer[], $7::text[], $8::boolean[], $9::boolean[], $10::boolean[],
                $11::uuid[], $12::uuid[], $13::jsonb[], $14::text[], $15::text[], $16::boolean[], $17::jsonb[], $18::bigint[], $19::boolean[])
        as r (id, connector_id, file_id, namespace, revision, status, hold_counterpart, hold_queue, hold_agent,
              queue_id, agent_id, warnings, error_code, error_detail, retryable, metrics, version, waited)
    offset 0 -- see docs/decisions
) s
join conversation_contents c on c.tenant_id = s.tenant_id and c.conversation_id = s.id and c.revision = s.revision
cross join lateral jsonb_to_record(c.parsed) as p (
    "agentPart" text, "externalId" text, line bigint, channel text, "recordingType" text, "queueId" text, "agentEmail" text,
    language text, "languageBase" text, "startedAt" timestamptz, "endedAt" timestamptz,
    "agentId" text, "isResolved" boolean, "csatScore" double precision, place jsonb)
cross join lateral jsonb_to_record(s.metrics) as m (
    "durationMs" bigint, utterances integer, turns integer,
    "agentMessages" integer, "customerMessages" integer, "botMessages" integer, "systemMessages" integer,
    "agentWords" integer, "customerWords" integer, "botWords" integer,
    "agentTalkMs" bigint, "customerTalkMs" bigint, "silenceMs" bigint, "longestSilenceMs" bigint,
    "overtalkMs" bigint, interruptions integer, "firstResponseMs" bigint, "meanResponseMs" bigint,
    "agentWordsPerMinute" double precision, "customerWordsPerMinute" double precision,
    "recordingMs" bigint, "agentRmsDbfs" double precision, "customerRmsDbfs" double precision, "agentPeakDbfs" double precision, "customerPeakDbfs" double precision,
    "agentClippedSamples" bigint, "customerClippedSamples" bigint, "agentNoiseFloorDbfs" double precision, "customerNoiseFloorDbfs" double precision, "agentTalkShare" double precision, "customerTalkShare" double precision)
on conflict (id) do update set
    connector_id = excluded.connector_id,
    file_id = excluded.file_id,
    line = excluded.line,
    revision = excluded.revision,
    status = excluded.status,
    hold_counterpart = excluded.hold_counterpart,
    hold_queue = excluded.hold_queue,
    hold_agent = excluded.hold_agent,
    channel = excluded.channel,
    recording_type = excluded.recording_type,
    analytics_level = excluded.analytics_level,
    external_queue_id = excluded.external_queue_id,
    queue_id = excluded.queue_id,
    agent_email = excluded.agent_email,
    agent_id = excluded.agent_id,
    language = excluded.language,
    language_base = excluded.language_base,
    started_at = excluded.started_at,
    ended_at = excluded.ended_at,
    warnings = excluded.warnings,
    error_code = excluded.error_code,
    error_detail = excluded.error_detail,
    retryable = excluded.retryable,
    duration_ms = excluded.duration_ms,
    utterances = excluded.utterances,
    turns = excluded.turns,
    agent_messages = excluded.agent_messages,
    customer_messages = excluded.customer_messages,
    bot_messages = excluded.bot_messages,
    system_messages = excluded.system_messages,
    agent_words = excluded.agent_words,
    customer_words = excluded.customer_words,
    bot_words = excluded.bot_words,
    agent_talk_ms = excluded.agent_talk_ms,
    customer_talk_ms = excluded.customer_talk_ms,
    silence_ms = excluded.silence_ms,
    longest_silence_ms = excluded.longest_silence_ms,
    overtalk_ms = excluded.overtalk_ms,
    interruptions = excluded.interruptions,
    first_response_ms = excluded.first_response_ms,
    mean_response_ms = excluded.mean_response_ms,
    agent_words_per_minute = excluded.agent_words_per_minute,
    customer_words_per_minute = excluded.customer_words_per_minute,
    recording_ms = excluded.recording_ms,
    agent_rms_dbfs = excluded.agent_rms_dbfs,
    customer_rms_dbfs = excluded.customer_rms_dbfs,
    agent_peak_dbfs = excluded.agent_peak_dbfs,
    customer_peak_dbfs = excluded.customer_peak_dbfs,
    agent_clipped_samples = excluded.agent_clipped_samples,
    customer_clipped_samples = excluded.customer_clipped_samples,
    agent_noise_floor_dbfs = excluded.agent_noise_floor_dbfs,
    customer_noise_floor_dbfs = excluded.customer_noise_floor_dbfs,
    agent_talk_share = excluded.agent_talk_share,
    customer_talk_share = excluded.customer_talk_share,
    external_agent_id = excluded.external_agent_id,
    is_resolved = excluded.is_resolved,
    csat_score = excluded.csat_score,
    place_member = excluded.place_member,
    place_line = excluded.place_line,
    place_index = excluded.place_index,
    version = excluded.version,
    updated_at = excluded.updated_at,
    completed_at = case
        when excluded.status in ('completed', 'withdrawn') and conversations.status in ('completed', 'withdrawn')
            and conversations.revision = excluded.revision
            then conversations.completed_at
        else excluded.completed_at
    end,
    held_at = case
        when excluded.status = 'held' and conversations.status = 'held' then conversations.held_at
        else excluded.held_at
    end,
    waited = excluded.waited
