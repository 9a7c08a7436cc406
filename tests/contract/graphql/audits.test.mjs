import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { reason, startApi } from './api.mjs';

// The audits of the GraphQL-over-HTTP specification, against the API as it is served.

// What is left undone, and why. All of these say MAY.
const explained = {};

const skip = process.env.CI === 'true' ? false : reason ?? false;
let api, key;

before(async () => {
  if (skip) return;
  api = await startApi();
  key = await api.newKey('audits');
});
after(() => api?.stop());

const audits = serverAudits({
  url: () => `${api.url}/graphql`,
  fetchFn: (url, init = {}) => fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } }),
});

test('there are audits', () => assert.ok(audits.length > 60));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, { skip }, async () => {
    const result = await audit.fn();
    if (result.status === 'ok') assert.ok(!explained[audit.id], 'It passes: it needs no explanation any more.');
    else assert.ok(explained[audit.id], `${result.reason} (${result.response?.status})`);
  });
}

test('what is explained is never a must', () => {
  for (const id of Object.keys(explained))
    assert.match(audits.find(audit => audit.id === id)?.name ?? '', /^MAY/, id);
});
