import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { liveApi } from '../live.mjs';

// The audits of the GraphQL-over-HTTP specification, against the API as it is served: every MUST, SHOULD and MAY.

let api;

before(async () => {
  api = await liveApi();
});
after(() => api.stop?.());

const audits = serverAudits({
  url: () => `${api.address}graphql`,
  fetchFn: (url, init = {}) => fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${api.key}` } }),
});

test('there are audits', () => assert.ok(audits.length > 60));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async t => {
    if (api.missing) return t.skip(api.missing);
    const result = await audit.fn();
    assert.equal(result.status, 'ok', `${result.reason} (${result.response?.status})`);
  });
}
