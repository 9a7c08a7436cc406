import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { liveApi } from './live.mjs';
import { oversteps } from './overstep.mjs';
import { document, operations } from './repository.mjs';

const api = document();
const made = {};
let live;

before(async () => {
  live = await liveApi();
});

after(() => live?.stop?.());

test('what oversteps a bound of a body is refused, and told where', { timeout: 300_000 }, async context => {
  if (live.missing !== undefined) {
    context.skip(live.missing);
    return;
  }
  for (const id of ['createTenant', 'createQueue', 'createAgent', 'createConnector', 'createWebhookEndpoint']) {
    const [name, operation, path] = operations(api).find(([, operation]) => operation.operationId === id);
    const body = bodyOf(operation).example;
    const response = await send(name, path, { ...body, ...(id === 'createWebhookEndpoint' ? { url: 'https://receiver.invalid/' } : {}) });
    const answer = await response.json();
    made[path.split('/').at(-1)] = (answer.endpoint ?? answer).id;
  }

  const taken = [];
  let sent = 0;
  for (const [name, operation, path] of operations(api).filter(([, operation]) => bodyOf(operation) !== undefined)) {
    for (const [at, body, bound] of oversteps(bodyOf(operation).schema, bodyOf(operation).example)) {
      // Of these two a replay takes one.
      const response = await send(name, path, at === '/after' ? { after: body.after } : body);
      const problem = await response.json();
      sent += 1;
      if (![400, 422].includes(response.status) || !problem.errors.some(error => `${error.pointer}/`.startsWith(`#${at}/`))) {
        taken.push(`${name} ${at} ${bound}: ${response.status} ${problem.code} ${JSON.stringify(problem.errors)?.slice(0, 300)}`);
      }
    }
  }
  assert.deepEqual(taken, []);
  assert.ok(sent > 100, `${sent} were sent`);
  context.diagnostic(`${sent} were sent`);
});

test('a range of a query that ends before it begins is refused, and told where', { timeout: 300_000 }, async context => {
  if (live.missing !== undefined) {
    context.skip(live.missing);
    return;
  }
  const backwards = { date: ['2026-05-05', '2026-05-04'], 'date-time': ['2026-05-04T12:00:01Z', '2026-05-04T12:00:00Z'], double: ['4.5', '4.49'] };
  const taken = [];
  let asked = 0;
  for (const [name, operation, path] of operations(api)) {
    const query = (operation.parameters ?? []).filter(parameter => parameter.in === 'query');
    for (const [first, last] of ranges(query)) {
      const [from, to] = backwards[first.schema.format];
      const response = await send(name, path, undefined, new URLSearchParams({ [first.name]: from, [last.name]: to }));
      const problem = await response.json();
      asked += 1;
      if (response.status !== 400 || !problem.errors.some(error => error.parameter === last.name)) {
        taken.push(`${name} ${last.name}: ${response.status} ${problem.code} ${JSON.stringify(problem.errors)}`);
      }
    }
  }
  assert.deepEqual(taken, []);
  assert.ok(asked >= 11, `${asked} were asked`);
});

// From a time or a number on, up to another.
function ranges(query) {
  const named = name => query.find(parameter => parameter.name === name);
  return query
    .map(first => [first, named(first.name === 'from' ? 'to' : first.name.replace(/Min$/, 'Max'))])
    .filter(([first, last]) => last !== undefined && last !== first);
}

function bodyOf(operation) {
  return operation.requestBody?.content['application/json'];
}

async function send(name, path, body, query = '') {
  const [method] = name.split(' ');
  const segments = path.split('/');
  const filled = segments.map((segment, index) => ({ '{id}': made[segments[index - 1]], '{tenant}': 'acme', '{format}': 'conversation-json' })[segment] ?? segment).join('/');
  const response = await fetch(new URL(`${filled}?${query}`, live.address), {
    method,
    headers: { authorization: `Bearer ${path.startsWith('/v1/admin/') ? live.admin : live.key}`, 'content-type': 'application/json', 'if-match': '*' },
    body: JSON.stringify(body),
  });
  if (response.status !== 429) {
    return response;
  }
  // A fast machine sends more than a key may.
  await setTimeout(Number(response.headers.get('retry-after')) * 1000);
  return send(name, path, body, query);
}
