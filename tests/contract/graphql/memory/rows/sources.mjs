/** Queues, agents and connectors, one of them removed and one that rests; texts that are hard to carry. */
export function sources({ id, at }) {
  const queues = ['billing', 'sales', 'support & more'].map((name, i) =>
    ({ id: id(), name, version: i + 1, created_at: at(i), updated_at: at(i + 10) }));
  const agents = [
    ['ada', 'ada@example.com', null],
    ['bob "the builder"', null, 'ext-2'],
    ['chloé 😀', 'chloe@example.com', 'ext-3'],
    ['dan', 'dan@example.com', null],
  ].map(([name, email, external_id], i) => ({ id: id(), name, email, external_id, version: 1, created_at: at(5), updated_at: at(i) }));

  const buckets = [['calls', 'quality-csv'], ['feeds', 'feeds']].map(([bucket, format]) =>
    ({ id: id(), endpoint: 'https://s3.example.com', bucket, format }));
  const connector = (i, name, more) => ({
    id: id(), source_id: buckets[i].id, name, format: buckets[i].format, namespace: `space-${i}`, settings: {}, schedule: null, enabled: false,
    suspended_at: null, suspended_code: null, suspended_detail: null, suspended_resolution: null, last_refresh_at: null,
    last_discovery_at: null, version: 3, created_at: at(i), updated_at: at(i + 1), deleted_at: null, ...more,
  });
  const suspension = {
    suspended_at: at(9), suspended_code: 'access_denied', suspended_detail: 'Nobody may read it.', suspended_resolution: 'Let it.',
  };
  const connectors = [
    connector(0, 'calls', { settings: { defaultQueue: queues[1].id }, last_discovery_at: at(70, 123) }),
    connector(1, 'feeds', suspension),
    connector(0, 'calls of old', { deleted_at: at(99), last_refresh_at: at(98) }),
  ];
  return { queues, agents, sources: buckets, connectors };
}
