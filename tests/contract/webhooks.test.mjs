import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { liveApi } from './live.mjs';
import { document } from './repository.mjs';
import { faults, pointer } from './schemas.mjs';

const api = document();
const told = [];
let live;
let receiver;
let listen = () => {};

before(async () => {
  receiver = createServer((request, response) => {
    const body = [];
    request.on('data', part => body.push(part));
    request.on('end', () => {
      told.push({ headers: request.headers, message: JSON.parse(Buffer.concat(body)) });
      response.end();
      listen();
    });
  });
  await new Promise(listening => receiver.listen(0, '127.0.0.1', listening));
  // The guard lets no message go to this machine, unless the installation says so.
  process.env.Outbound__Allow__0 = '127.0.0.1';
  live = await liveApi();
});

after(async () => {
  await live?.stop?.();
  receiver.close();
});

test('every message that can be asked for is described', () => {
  for (const [type, { post }] of Object.entries(api.webhooks)) {
    assert.equal(post.requestBody.content['application/json'].schema.allOf[1].properties.type.const, type);
    assert.deepEqual(post.parameters.map(header => header.name), ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'webhook-replay']);
  }
});

test('messages are what the document says of them', { timeout: 120_000 }, async context => {
  if (live.missing !== undefined) {
    context.skip(live.missing);
    return;
  }
  const { endpoint } = await call('POST', '/v1/webhooks/endpoints', { url: `http://127.0.0.1:${receiver.address().port}/` });
  await call('POST', `/v1/webhooks/endpoints/${endpoint.id}/test`);
  // No identity stands behind the role here: the scan fails, and the connector rests.
  const example = api.paths['/v1/connectors'].post.requestBody.content['application/json'].example;
  const connector = await call('POST', '/v1/connectors', example);
  await call('POST', `/v1/connectors/${connector.id}/scans`);

  await until(() => ['endpoint.test', 'scan.failed', 'connector.suspended'].every(type => told.some(({ message }) => message.type === type)));
  for (const { headers, message } of told) {
    const at = pointer('webhooks', message.type, 'post');
    assert.deepEqual(faults(at + pointer('requestBody', 'content', 'application/json', 'schema'), message), [], JSON.stringify(message));
    for (const [index, header] of api.webhooks[message.type].post.parameters.entries()) {
      const value = headers[header.name];
      assert.ok(value !== undefined || !header.required, header.name);
      assert.deepEqual(value === undefined ? [] : faults(at + pointer('parameters', index, 'schema'), value), [], `${header.name}: ${value}`);
    }
  }
});

// Looks anew at every message.
function until(condition) {
  return new Promise(resolve => {
    listen = () => condition() && resolve();
    listen();
  });
}

async function call(method, path, body) {
  const response = await fetch(new URL(path, live.address), {
    method,
    headers: { authorization: `Bearer ${live.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.status < 300, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
