import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { built, refusal, scripted } from './built.mjs';

const id = '5f0c3c1e-0000-0000-0000-000000000000';
const empty = { body: { items: [], nextCursor: null } };
let api, module, remove, client, waits;

before(async () => {
  ({ module, remove } = await built());
  api = await scripted();
  client = module.connect(api.address, 'qi_key', { retry: { wait: async seconds => { waits.push(seconds); } } });
});
after(async () => {
  await api?.close();
  remove?.();
});

const calls = (name, body) => test(name, async () => {
  api.requests.length = api.answers.length = 0;
  waits = [];
  await body();
  assert.deepEqual(api.answers, [], 'answers that nobody asked for');
});

calls('a call shows the key and sends its parameters', async () => {
  api.answers.push(empty);
  assert.deepEqual(await client.listQueues({ limit: 5, cursor: 'a+b/c' }), empty.body);

  assert.equal(api.requests[0].headers.authorization, 'Bearer qi_key');
  assert.equal(api.requests[0].url, '/v1/queues?limit=5&cursor=a%2Bb%2Fc');
});

calls('what is left out is not sent', async () => {
  api.answers.push(empty, { body: {} }, empty);
  await client.listQueues({ limit: undefined });
  await client.getQueue(id);
  await client.listEvents({ type: ['file.ingested', 'file.failed'], after: '' });
  assert.equal(api.requests[0].url, '/v1/queues');
  assert.equal('if-none-match' in api.requests[1].headers, false);
  assert.equal(api.requests[2].url, '/v1/events?after=&type=file.ingested&type=file.failed');
});

calls('a part of a path is escaped, and not left out', async () => {
  api.answers.push({ status: 204 });
  await client.revokeBucket('a tenant', 'a/b?c');
  assert.equal(api.requests[0].url, '/v1/admin/tenants/a%20tenant/service-grants/a%2Fb%3Fc');
  await assert.rejects(client.getQueue(''), TypeError);
});

calls('a key may be asked for with every request', async () => {
  let keys = 0;
  const rotating = module.connect(api.address, async () => `qi_${++keys}`);
  api.answers.push(empty, empty);
  await rotating.listQueues();
  await rotating.listQueues();
  assert.deepEqual(api.requests.map(request => request.headers.authorization), ['Bearer qi_1', 'Bearer qi_2']);
});

calls('a change says which version it is meant for', async () => {
  api.answers.push({ status: 204 });
  await client.deleteQueue(id, module.etag(3));
  assert.equal(api.requests[0].headers['if-match'], '"3"');
});

calls('a refusal carries the problem', async () => {
  const refused = refusal(404, 'not_found');
  api.answers.push(refused);
  await assert.rejects(client.getQueue(id), error => {
    assert.ok(error instanceof module.ApiProblem);
    assert.deepEqual([error.status, error.code, error.errors, error.retryAfter], [404, 'not_found', [], undefined]);
    assert.deepEqual(error.problem, refused.body);
    assert.equal(error.message, '404 not_found: No');
    return true;
  });
});

calls('an answer of something else has a status and no code', async () => {
  api.answers.push({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' });
  await assert.rejects(client.getQueue(id), error => error.status === 502 && error.code === undefined && !error.message.includes('html'));
});

calls('a version that the caller has is not sent again', async () => {
  api.answers.push({ status: 304 }, { body: { id } }, refusal(404, 'not_found'));
  const get = () => module.ifChanged(client.getQueue(id, { ifNoneMatch: module.etag(2) }));
  assert.equal(await get(), undefined);
  assert.deepEqual(await get(), { id });
  await assert.rejects(get(), { code: 'not_found' });
  assert.equal(api.requests[0].headers['if-none-match'], '"2"');
});

calls('a call is given up by its signal', async () => {
  await assert.rejects(client.listQueues({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.equal(api.requests.length, 0);
});

calls('an upload is sent as it is', async () => {
  const csv = 'name,externalId\nAda,1\n';
  const report = { body: { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, errors: [] } };
  for (const body of [csv, new Blob([csv]), new TextEncoder().encode(csv), new Blob([csv]).stream()]) {
    api.answers.push(report);
    await client.importAgents(body);
    assert.equal(api.requests.at(-1).headers['content-type'], 'text/csv');
    assert.equal(api.requests.at(-1).body, csv);
  }
  assert.equal(api.requests.at(-1).headers['transfer-encoding'], 'chunked', 'a stream is not gathered first');
});

calls('a read is made again after as long as the answer asks', async () => {
  const soon = new Date(Date.now() + 9_500).toUTCString();
  api.answers.push(refusal(429, 'rate_limited', { 'retry-after': '2' }), refusal(503, 'unavailable', { 'retry-after': soon }), refusal(503, 'unavailable'), empty);
  await client.listQueues();
  const bounds = [[2, 2.5], [1, 12.5], [2, 2.5]];
  assert.equal(waits.length, 3);
  waits.forEach((wait, i) => assert.ok(wait >= bounds[i][0] && wait <= bounds[i][1], `${wait} s`));
});

calls('when no try is left, or the wait is too long, the refusal is told', async () => {
  api.answers.push(...Array.from({ length: 4 }, () => refusal(429, 'rate_limited', { 'retry-after': '0' })));
  await assert.rejects(client.listQueues(), { status: 429 });
  api.answers.push(refusal(429, 'rate_limited', { 'retry-after': '31' }));
  await assert.rejects(client.listQueues(), { retryAfter: 31 });
  assert.equal(waits.length, 3);
});

calls('what may not be made twice is not', async () => {
  api.answers.push(refusal(503, 'unavailable'), refusal(500, 'internal'));
  await assert.rejects(client.createQueue({ name: 'Sales' }), { status: 503 });
  await assert.rejects(client.listQueues(), { status: 500 });
  assert.deepEqual(waits, []);
});

calls('what carries an idempotency key may, unless its body is a stream', async () => {
  const fetch = module.retrying(globalThis.fetch, { wait: async seconds => { waits.push(seconds); } });
  const headers = { 'Idempotency-Key': 'once' };
  api.answers.push(refusal(503, 'unavailable'), { status: 200 }, refusal(503, 'unavailable'));
  assert.equal((await fetch(api.address, { method: 'POST', headers, body: '{}' })).status, 200);
  assert.equal((await fetch(api.address, { method: 'POST', headers, body: new Blob(['x']).stream(), duplex: 'half' })).status, 503);
});

calls('a wait ends when the call is given up', async () => {
  const patient = module.connect(api.address, 'qi_key');
  api.answers.push(refusal(429, 'rate_limited', { 'retry-after': '20' }));
  const end = new AbortController();
  const call = patient.listQueues({ signal: end.signal });
  while (api.requests.length === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
  end.abort();
  await assert.rejects(call, { name: 'AbortError' });
});

calls('a query gives its data or says what is wrong', async () => {
  api.answers.push(
    { headers: { 'content-type': 'application/graphql-response+json' }, body: { data: { a: 1 } } },
    { status: 403, headers: { 'content-type': 'application/graphql-response+json; charset=utf-8' }, body: { errors: [{ message: 'No', extensions: { code: 'INSUFFICIENT_SCOPE' } }] } },
    refusal(401, 'unauthorized'));
  assert.deepEqual(await client.query('query Q($n: Int) { a }', { n: 1 }), { a: 1 });
  assert.deepEqual(JSON.parse(api.requests[0].body), { query: 'query Q($n: Int) { a }', variables: { n: 1 } });
  await assert.rejects(client.query('{ a }'), error => error instanceof module.GraphQLProblem && error.errors[0].extensions.code === 'INSUFFICIENT_SCOPE');
  await assert.rejects(client.query('{ a }'), { code: 'unauthorized' });
});

calls('a query that has to wait is told how long, in whatever form', async () => {
  const answer = (status, body) => ({ status, headers: { 'content-type': 'application/graphql-response+json', 'retry-after': '3' }, body });
  api.answers.push(
    answer(429, { errors: [{ message: 'Wait.', extensions: { code: 'RATE_LIMITED' } }] }),
    answer(503, { errors: [{ message: 'Away.', extensions: { code: 'UNAVAILABLE' } }] }),
    answer(503, { message: 'No node.' }));
  for (const [status, code] of [[429, 'rate_limited'], [503, 'unavailable'], [503, undefined]]) {
    await assert.rejects(client.query('{ a }'), error => error instanceof module.ApiProblem
      && error.status === status && error.code === code && error.retryAfter === 3);
  }
});

// --- Webhooks ---------------------------------------------------------------------------------------------------------

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`;
const now = 1_777_896_000;
const message = { id: 'e-1', type: 'file.ingested', timestamp: '2026-05-04T12:00:00Z', data: { about: 'linked', url: '/', connectorId: null, version: 1, text: 'Grüße' } };
const body = JSON.stringify(message);

function sign(timestamp, text, ...secrets) {
  return secrets.map(s => `v1,${createHmac('sha256', Buffer.from(s.slice(6), 'base64')).update(`e-1.${timestamp}.${text}`).digest('base64')}`).join(' ');
}
const headersOf = (signature, timestamp = now) => ({ 'Webhook-Id': 'e-1', 'webhook-timestamp': String(timestamp), 'webhook-signature': signature });
const verify = (headers, text = body, secrets = secret) => module.verifyWebhook(headers, text, secrets, { now });
const refused = promise => assert.rejects(promise, error => error instanceof module.WebhookSignatureError);

test('a genuine message is given', async () => {
  assert.deepEqual(await verify(headersOf(sign(now, body, secret))), message);
  assert.deepEqual(await verify(new Headers(headersOf(sign(now, body, secret))), Buffer.from(body)), message);
});

test("the standard's own example is genuine", async () => {
  const headers = { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };
  assert.deepEqual(
    await module.verifyWebhook(headers, '{"test": 2432232314}', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { now: 1614265330 }),
    { test: 2432232314 });
});

test('while one secret replaces the other either side may know one or both', async () => {
  await verify(headersOf(sign(now, body, other, secret)));
  await verify(headersOf(sign(now, body, secret)), body, [other, secret]);
  await verify(headersOf(`v1a,AAAA v2,x v1,*** ${sign(now, body, secret)}`));
});

test('what another signed, or is changed, or old, or new, is not genuine', async () => {
  const signature = sign(now, body, secret);
  await refused(verify(headersOf(sign(now, body, other))));
  await refused(verify(headersOf(signature), `${body} `));
  await refused(verify({ ...headersOf(signature), 'Webhook-Id': 'e-2' }));
  await refused(verify(headersOf(signature, now + 1)));
  await refused(verify(headersOf('v1,')));
  await refused(verify({}));
  for (const [seconds, genuine] of [[-300, true], [300, true], [-301, false], [301, false]]) {
    const call = verify(headersOf(sign(now + seconds, body, secret), now + seconds));
    await (genuine ? call : refused(call));
  }
  for (const timestamp of ['soon', '-1', '1e9', '99999999999999999999']) {
    await refused(verify(headersOf(signature, timestamp)));
  }
});

test("a secret that is none is the caller's mistake", async () => {
  for (const secrets of [[], 'whsec_???', 'whsec_', secret.slice(6)]) {
    await assert.rejects(verify(headersOf(sign(now, body, secret)), body, secrets), TypeError);
  }
});
