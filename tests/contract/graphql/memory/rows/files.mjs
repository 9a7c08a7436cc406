/** Scans, batches, files and the rows that were refused of them. */
export function files({ id, at, below, digits, pick, maybe, many }, { sources, connectors }) {
  const scans = many(7, i => {
    const failed = i === 3;
    return {
      id: id(), connector_id: connectors[i % 2].id, trigger: pick(['schedule', 'manual', 'notification']), due_at: at(i * 60),
      status: failed ? 'failed' : 'completed', started_at: at(i * 60, i), finished_at: maybe(at(i * 60 + 5), 4), pages: i, listed: i * 10,
      discovered: i, changed: 1, removed: 0, skipped: 2, ignored: 3, error_code: failed ? 'throttled' : null,
      error_detail: failed ? 'Too often.' : null,
    };
  });

  const batches = many(4, i => ({
    id: id(), source_id: sources[1].id, connector_id: connectors[1].id, path: `in/feed-${i % 2}/part=${i}/`, feed: `feed-${i % 2}`,
    kind: [null, 'call_center_issues', 'sales_methods_attribution'][i % 3], encoding: i % 2 ? 'csv' : 'jsonl', snapshot: i % 2 === 1,
    partition: `part=${i}`, date: i === 0 ? null : `2026-01-0${i}`, status: i === 2 ? 'failed' : 'imported', sealed_at: maybe(at(i)),
    files: i, rows_read: i * 7, accepted: i * 6, duplicate: 0, superseded: 0, erased: 0, rejected: i, rows_before: maybe(5), rows_after: maybe(6),
    conversations_received: 1, conversations_revised: 2, conversations_unchanged: 5, conversations_withdrawn: 3, conversations_restored: 4,
    error_code: i === 2 ? 'broken' : null, error_detail: null, retryable: i === 2, version: i + 1, discovered_at: at(100 + (i >> 1)),
    updated_at: at(200), imported_at: i === 2 ? null : at(210),
  }));

  const folders = ['in', 'in_', 'in%', 'out', 'in/ü'];
  const list = many(12, i => {
    const status = pick(['ingested', 'partially_ingested', 'failed', 'skipped', 'deferred']);
    const failed = status === 'failed';
    return {
      id: id(), source_id: sources[i % 2].id, connector_id: connectors[i % 2].id, key: `${folders[i % 5]}/${String(i).padStart(2, '0')}.csv`,
      etag: digits(8), size: i * 1000, last_modified: at(i), status, removed: below(3) === 0, error_code: failed ? 'invalid_utf8' : null,
      error_detail: failed ? 'Line 7: "?" \\ …' : null, retryable: failed, rows_read: i * 3, accepted: i, held: i, duplicate: 0,
      superseded: 0, erased: 0, rejected: i, version: 1 + i, discovered_at: at(300 + (i >> 2), 7), updated_at: at(400 + i),
      batch_id: i % 2 ? pick(batches).id : null,
    };
  });

  const rejections = list.slice(0, 3).flatMap((file, f) => many(3 + f, i => ({
    file_id: file.id, line: 10 * (i >> 1) + 2, ordinal: i % 2, external_id: maybe(`c-${i}`), field: maybe('agentEmail'),
    code: pick(['too_long', 'missing_value']), message: 'It is "so".', at: at(1), place_member: f === 1 ? 'a.jsonl' : null,
    place_line: f === 1 ? i : null, place_index: null,
  })));
  return { scans, batches, files: list, file_rejections: rejections };
}
