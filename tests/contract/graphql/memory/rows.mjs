import { random } from '../random.mjs';

/**
 * The rows of a small tenant, table by table as the database has them, the same in every run: ties, nulls, hidden rows, several
 * time zones' odd hours, and texts that are hard to carry. Numbers are multiples of a quarter, so that sums are exact.
 */
export function rows() {
  const below = random(77);
  const pick = list => list[below(list.length)];
  const maybe = (value, chance = 2) => (below(chance) === 0 ? null : value);
  const digits = count => Array.from({ length: count }, () => below(16).toString(16)).join('');
  const id = () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
  const at = (minutes, micros = 0) => new Date(Date.UTC(2026, 0, 5) + minutes * 60_000).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
  const quarter = most => below(most * 4) / 4;

  const queues = ['billing', 'sales', 'support & more'].map((name, i) => ({ id: id(), name, version: i + 1, created_at: at(i), updated_at: at(i + 10) }));
  const agents = [['ada', 'ada@example.com', null], ['bob "the builder"', null, 'ext-2'], ['chloé 😀', 'chloe@example.com', 'ext-3'], ['dan', 'dan@example.com', null]]
    .map(([name, email, external_id], i) => ({ id: id(), name, email, external_id, version: 1, created_at: at(5), updated_at: at(i) }));

  const sources = [{ id: id(), endpoint: 'https://s3.example.com', bucket: 'calls', format: 'quality-csv' }, { id: id(), endpoint: 'https://s3.example.com', bucket: 'feeds', format: 'feeds' }];
  const connector = (i, name, more) => ({
    id: id(), source_id: sources[i].id, name, format: sources[i].format, namespace: `space-${i}`, settings: {}, schedule: null, enabled: false, suspended_at: null, suspended_code: null,
    suspended_detail: null, suspended_resolution: null, last_refresh_at: null, last_discovery_at: null, version: 3, created_at: at(i), updated_at: at(i + 1), deleted_at: null, ...more,
  });
  const connectors = [
    connector(0, 'calls', { settings: { defaultQueue: queues[1].id }, last_discovery_at: at(70, 123) }),
    connector(1, 'feeds', { suspended_at: at(9), suspended_code: 'access_denied', suspended_detail: 'Nobody may read it.', suspended_resolution: 'Let it.' }),
    connector(0, 'calls of old', { deleted_at: at(99), last_refresh_at: at(98) }),
  ];

  const scans = Array.from({ length: 7 }, (_, i) => {
    const failed = i === 3;
    return {
      id: id(), connector_id: connectors[i % 2].id, trigger: pick(['schedule', 'manual', 'notification']), due_at: at(i * 60), status: failed ? 'failed' : 'completed', started_at: at(i * 60, i), finished_at: maybe(at(i * 60 + 5), 4),
      pages: i, listed: i * 10, discovered: i, changed: 1, removed: 0, skipped: 2, ignored: 3, error_code: failed ? 'throttled' : null, error_detail: failed ? 'Too often.' : null,
    };
  });

  const batches = Array.from({ length: 4 }, (_, i) => ({
    id: id(), source_id: sources[1].id, connector_id: connectors[1].id, path: `in/feed-${i % 2}/part=${i}/`, feed: `feed-${i % 2}`, kind: [null, 'call_center_issues', 'sales_methods_attribution'][i % 3], encoding: i % 2 ? 'csv' : 'jsonl',
    snapshot: i % 2 === 1, partition: `part=${i}`, date: i === 0 ? null : `2026-01-0${i}`, status: i === 2 ? 'failed' : 'imported', sealed_at: maybe(at(i)), files: i, rows_read: i * 7, accepted: i * 6, duplicate: 0, superseded: 0, rejected: i,
    rows_before: maybe(5), rows_after: maybe(6), conversations_received: 1, conversations_revised: 2, conversations_withdrawn: 3, conversations_restored: 4, error_code: i === 2 ? 'broken' : null, error_detail: null, retryable: i === 2,
    version: i + 1, discovered_at: at(100 + (i >> 1)), updated_at: at(200), imported_at: i === 2 ? null : at(210),
  }));

  const files = Array.from({ length: 12 }, (_, i) => {
    const status = pick(['ingested', 'partially_ingested', 'failed', 'skipped', 'deferred']);
    return {
      id: id(), source_id: sources[i % 2].id, connector_id: connectors[i % 2].id, key: `${['in', 'in_', 'in%', 'out', 'in/ü'][i % 5]}/${String(i).padStart(2, '0')}.csv`, etag: digits(8), size: i * 1000, last_modified: at(i), status, removed: below(3) === 0,
      error_code: status === 'failed' ? 'invalid_utf8' : null, error_detail: status === 'failed' ? 'Line 7: "?" \\ …' : null, retryable: status === 'failed', rows_read: i * 3, accepted: i, held: i, duplicate: 0, superseded: 0, erased: 0, rejected: i,
      version: 1 + i, discovered_at: at(300 + (i >> 2), 7), updated_at: at(400 + i), batch_id: i % 2 ? pick(batches).id : null,
    };
  });
  const fileRejections = files.slice(0, 3).flatMap((file, f) => Array.from({ length: 3 + f }, (_, i) => ({
    file_id: file.id, line: 10 * (i >> 1) + 2, ordinal: i % 2, external_id: maybe(`c-${i}`), field: maybe('agentEmail'), code: pick(['too_long', 'missing_value']), message: 'It is "so".', at: at(1),
    place_member: f === 1 ? 'a.jsonl' : null, place_line: f === 1 ? i : null, place_index: null,
  })));

  // Days on which clocks change, the ends of years, months and weeks, and moments that several share.
  const starts = [
    '2025-10-25T22:15:00.000000Z', '2025-10-26T00:30:00.000000Z', '2025-10-26T01:30:00.000000Z', '2025-10-26T01:30:00.000000Z', '2025-12-31T23:30:00.000000Z', '2026-01-01T00:00:00.000000Z', '2026-03-29T00:59:59.999999Z',
    '2026-03-29T01:00:00.000000Z', '2026-03-29T22:00:00.000000Z', '2026-02-28T23:59:59.500000Z', '2026-03-01T05:00:00.000000Z',
  ];
  const conversations = Array.from({ length: 60 }, (_, i) => {
    const status = ['completed', 'completed', 'completed', 'held', 'processing', 'failed', 'withdrawn', 'erased'][i < 8 ? i : below(8)];
    const measured = i % 4 !== 3;
    const chat = i % 3 === 0;
    const number = most => (measured ? maybe(below(most), 8) : null);
    const real = most => (measured ? maybe(quarter(most), 6) : null);
    const queue = maybe(pick(queues), 4);
    const agent = maybe(pick(agents), 4);
    return {
      id: id(), connector_id: connectors[i % 3].id, file_id: files[i % files.length].id, namespace: `space-${i % 2}`, agent_part: '', external_id: i === 20 ? 'c-"20"\\' : `c-${i}`, line: i + 2, revision: 1 + (i % 3), status,
      hold_counterpart: status === 'held' && i % 2 === 1, hold_queue: status === 'held' && i % 2 === 0, hold_agent: status === 'held', channel: chat ? 'chat' : 'voice', recording_type: chat ? 'transcription' : pick(['stereo', 'mono', 'transcription']),
      analytics_level: chat ? 'full_text' : pick(['full', 'enhanced', 'text']), external_queue_id: queue ? `q-${queue.name[0]}` : null, queue_id: queue?.id ?? null, agent_email: agent?.email ?? null, external_agent_id: agent?.external_id ?? null, agent_id: agent?.id ?? null,
      language: pick(['de-DE', 'de-CH', 'en-US', 'fr']), language_base: '', started_at: i < starts.length ? starts[i] : at(below(40) * 360, 250 * below(2)), ended_at: at(90_000 + i), warnings: pick([[], ['language_assumed'], ['a', 'b "c"']]),
      error_code: status === 'failed' ? pick(['no_transcript', 'too_quiet']) : null, error_detail: status === 'failed' ? 'Nothing is there.' : null, retryable: status === 'failed', duration_ms: measured ? below(8) * 60_000 : null,
      utterances: number(40), turns: number(20), agent_messages: number(20), customer_messages: number(20), bot_messages: number(2), system_messages: number(2), agent_words: number(900), customer_words: number(900), bot_words: number(9),
      agent_talk_ms: number(400_000), customer_talk_ms: number(400_000), silence_ms: number(90_000), longest_silence_ms: number(30_000), overtalk_ms: number(9_000), interruptions: number(5), first_response_ms: number(9_000), mean_response_ms: number(9_000),
      agent_words_per_minute: real(200), customer_words_per_minute: real(200), version: 1 + below(9), received_at: at(100_000 + (i >> 2)), updated_at: at(100_100 + i), completed_at: status === 'completed' ? at(100_050 + i) : null,
      held_at: status === 'held' ? at(100_020) : null, recording_ms: number(500_000), agent_rms_dbfs: measured ? -1 - quarter(60) : null, customer_rms_dbfs: measured ? -20.25 : null, agent_peak_dbfs: measured ? -1.5 : null, customer_peak_dbfs: null,
      agent_clipped_samples: number(3), customer_clipped_samples: number(3), agent_noise_floor_dbfs: null, customer_noise_floor_dbfs: measured ? -70.75 : null, agent_talk_share: measured ? 0.25 * below(5) : null, customer_talk_share: null,
      is_resolved: maybe(below(2) === 0, 3), csat_score: maybe(below(5) + 0.5, 3), place_member: i % 5 === 0 ? 'part.jsonl' : null, place_line: i % 5 === 0 ? i : null, place_index: i % 7 === 0 ? i : null,
    };
  });
  for (const conversation of conversations) {
    conversation.language_base = conversation.language.slice(0, 2);
  }

  const words = ['hello', 'refund', 'Invoice', 'Straße', 'café', 'a "quoted" word', 'back\\slash', '😀', 'line\nbreak', '', '%', 'thank you'];
  const utterance = (index, i) => ({
    index, role: pick(['agent', 'customer', 'bot', 'system', 'unknown']), participantId: maybe(`p-${index % 2}`), messageId: maybe(`m-${i}-${index}`), startMs: index * 1500 - 500, endMs: maybe(index * 1500 + 900), at: maybe(at(i, index)),
    text: Array.from({ length: 1 + below(4) }, () => pick(words)).join(' '), confidence: maybe(quarter(1)), words: maybe([{ text: 'hello', startMs: 1, endMs: null, confidence: 0.5 }], 4), attributes: maybe({ tone: 'ç', n: [1, 2.5, null] }, 4),
  });
  const present = object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
  const conversationContents = conversations.flatMap((conversation, i) => Array.from({ length: conversation.revision }, (_, r) => ({
    conversation_id: conversation.id, revision: r + 1, parsed: {}, transcript: null, created_at: at(100_000 + i, r),
    transcript_json: i % 5 === 4 ? null : { utterances: Array.from({ length: (i % 5) * (r + 1) + (i === 8 ? 60 : 0) }, (_, index) => present(utterance(index, i))) }, members: i % 6 === 0 ? { user: { plan: 'gold', n: i }, list: [1, 'x'] } : null,
  })));

  return {
    queues, agents, sources, connectors, scans, batches, files, file_rejections: fileRejections, conversations, conversation_contents: conversationContents,
  };
}
