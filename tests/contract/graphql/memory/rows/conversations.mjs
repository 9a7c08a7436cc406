// Days on which clocks change, the ends of years, months and weeks, and a moment that two share.
const starts = [
  '2025-10-25T22:15:00.000000Z', '2025-10-26T00:30:00.000000Z', '2025-10-26T01:30:00.000000Z', '2025-10-26T01:30:00.000000Z',
  '2025-12-31T23:30:00.000000Z', '2026-01-01T00:00:00.000000Z', '2026-03-29T00:59:59.999999Z', '2026-03-29T01:00:00.000000Z',
  '2026-03-29T22:00:00.000000Z', '2026-02-28T23:59:59.500000Z', '2026-03-01T05:00:00.000000Z',
];
const statuses = ['completed', 'completed', 'completed', 'held', 'processing', 'failed', 'withdrawn', 'erased'];

/** Conversations of every state, with ties and nulls; some are hidden, and some share their external id. */
export function conversations(make, { queues, agents, connectors, files }) {
  const { id, at, below, pick, maybe, many } = make;
  const rows = many(60, i => {
    const status = statuses[i < 8 ? i : below(8)];
    const [queue, agent] = [maybe(pick(queues), 4), maybe(pick(agents), 4)];
    const chat = i % 3 === 0;
    const language = pick(['de-DE', 'de-CH', 'en-US', 'fr']);
    return {
      id: id(), connector_id: connectors[i % 3].id, file_id: files[i % files.length].id, namespace: `space-${i % 2}`,
      agent_part: i > 55 ? `part-${i}` : '', external_id: i === 20 ? 'c-"20"\\' : `c-${i > 55 ? i % 2 : i}`, line: i + 2, revision: 1 + (i % 3),
      status,
      hold_counterpart: status === 'held' && i % 2 === 1, hold_queue: status === 'held' && i % 2 === 0, hold_agent: status === 'held',
      channel: chat ? 'chat' : 'voice', recording_type: chat ? 'transcription' : pick(['stereo', 'mono', 'transcription']),
      analytics_level: chat ? 'full_text' : pick(['full', 'enhanced', 'text']), external_queue_id: queue ? `q-${queue.name[0]}` : null,
      queue_id: queue?.id ?? null, agent_email: agent?.email ?? null, external_agent_id: agent?.external_id ?? null,
      agent_id: agent?.id ?? null, language, language_base: language.slice(0, 2),
      started_at: starts[i] ?? at(below(40) * 360, 250 * below(2)), ended_at: at(90_000 + i),
      warnings: pick([[], ['language_assumed'], ['a', 'b "c"']]), error_code: status === 'failed' ? pick(['no_transcript', 'too_quiet']) : null,
      error_detail: status === 'failed' ? 'Nothing is there.' : null, retryable: status === 'failed', version: 1 + below(9),
      received_at: at(100_000 + (i >> 2)), updated_at: at(100_100 + i), completed_at: status === 'completed' ? at(100_050 + i) : null,
      held_at: status === 'held' ? at(100_020) : null, is_resolved: maybe(below(2) === 0, 3), csat_score: maybe(below(5) + 0.5, 3),
      place_member: i % 5 === 0 ? 'part.jsonl' : null, place_line: i % 5 === 0 ? i : null, place_index: i % 7 === 0 ? i : null,
      ...metrics(make, i % 4 !== 3),
    };
  });
  return { conversations: rows, conversation_contents: rows.flatMap((row, i) => many(row.revision, r => content(make, row, i, r + 1))) };
}

function metrics({ below, maybe, quarter }, measured) {
  const number = most => (measured ? maybe(below(most), 8) : null);
  const real = most => (measured ? maybe(quarter(most), 6) : null);
  return {
    duration_ms: measured ? below(8) * 60_000 : null, utterances: number(40), turns: number(20), agent_messages: number(20),
    customer_messages: number(20), bot_messages: number(2), system_messages: number(2), agent_words: number(900), customer_words: number(900),
    bot_words: number(9), agent_talk_ms: number(400_000), customer_talk_ms: number(400_000), silence_ms: number(90_000),
    longest_silence_ms: number(30_000), overtalk_ms: number(9_000), interruptions: number(5), first_response_ms: number(9_000),
    mean_response_ms: number(9_000), agent_words_per_minute: real(200), customer_words_per_minute: real(200), recording_ms: number(500_000),
    agent_rms_dbfs: measured ? -1 - quarter(60) : null, customer_rms_dbfs: measured ? -20.25 : null, agent_peak_dbfs: measured ? -1.5 : null,
    customer_peak_dbfs: null, agent_clipped_samples: number(3), customer_clipped_samples: number(3), agent_noise_floor_dbfs: null,
    customer_noise_floor_dbfs: measured ? -70.75 : null, agent_talk_share: measured ? 0.25 * below(5) : null, customer_talk_share: null,
  };
}

const words = ['hello', 'refund', 'Invoice', 'Straße', 'café', 'a "quoted" word', 'back\\slash', '😀', 'line\nbreak', '', '%', 'thank you'];

// One conversation has more messages than a page.
function content(make, row, i, revision) {
  const count = (i % 5) * revision + (i === 8 ? 60 : 0);
  return {
    conversation_id: row.id, revision, parsed: {}, transcript: null, created_at: make.at(100_000 + i, revision),
    transcript_json: i % 5 === 4 ? null : { utterances: make.many(count, index => utterance(make, index, i)) },
    members: i % 6 === 0 ? { user: { plan: 'gold', n: i }, list: [1, 'x'] } : null,
  };
}

// What is not told is absent, as the pipeline writes it.
function utterance({ at, below, pick, maybe, quarter, many }, index, i) {
  const told = {
    index, role: pick(['agent', 'customer', 'bot', 'system', 'unknown']), participantId: maybe(`p-${index % 2}`),
    messageId: maybe(`m-${i}-${index}`), startMs: index * 1500 - 500, endMs: maybe(index * 1500 + 900), at: maybe(at(i, index)),
    text: many(1 + below(4), () => pick(words)).join(' '), confidence: maybe(quarter(1)),
    words: maybe([{ text: 'hello', startMs: 1, endMs: null, confidence: 0.5 }], 4), attributes: maybe({ tone: 'ç', n: [1, 2.5, null] }, 4),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
}
