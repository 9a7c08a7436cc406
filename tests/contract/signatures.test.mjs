import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { liveApi } from './live.mjs';

// The vector of the specification.
const known = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  time: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

const received = [];
const waiting = [];
let live;
let receiver;

before(async () => {
  live = await liveApi();
  if (live.missing) return;
  receiver = createServer((request, response) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      response.writeHead(204).end();
      const message = { headers: request.headers, body: Buffer.concat(parts).toString() };
      const next = waiting.shift();
      if (next) next(message);
      else received.push(message);
    });
  });
  await new Promise(listening => receiver.listen(0, '127.0.0.1', listening));
});

after(async () => {
  receiver?.close();
  receiver?.closeAllConnections();
  await live?.stop?.();
});

const message = () => (received.length ? Promise.resolve(received.shift()) : new Promise(next => waiting.push(next)));

async function call(method, path, body) {
  const response = await fetch(new URL(`v1/webhooks/${path}`, live.address), {
    method,
    headers: { authorization: `Bearer ${live.key}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.json();
}

test('the library signs the vector of the specification as we do', () => {
  assert.equal(new Webhook(known.secret).sign(known.id, new Date(known.time * 1000), known.body), known.signature);
});

test('what subscribers are sent is verified by the library, and nothing else is', async t => {
  if (live.missing) return t.skip(live.missing);
  const { endpoint, secret } = await call('POST', 'endpoints', { url: `http://127.0.0.1:${receiver.address().port}/hooks` });
  await call('POST', `endpoints/${endpoint.id}/test`);
  const { headers, body } = await message();
  const webhook = new Webhook(secret);

  assert.equal(webhook.verify(body, headers).type, 'endpoint.test');
  assert.throws(() => webhook.verify(body.replace('endpoint.test', 'endpoint.best'), headers));
  assert.throws(() => webhook.verify(body, { ...headers, 'webhook-id': 'evt_other' }));
  assert.throws(() => webhook.verify(body, { ...headers, 'webhook-timestamp': `${headers['webhook-timestamp'] - 3600}` }));
  assert.throws(() => new Webhook(known.secret).verify(body, headers));
  const late = new Date((Number(headers['webhook-timestamp']) - 3600) * 1000);
  const old = { ...headers, 'webhook-timestamp': `${late.getTime() / 1000}`, 'webhook-signature': webhook.sign(headers['webhook-id'], late, body) };
  assert.throws(() => webhook.verify(body, old), /too old/);

  const { secret: next } = await call('POST', `endpoints/${endpoint.id}/secret/rotate`, {});
  await call('POST', `endpoints/${endpoint.id}/test`);
  let signed = await message();
  for (let i = 0; i < 20 && signed.headers['webhook-signature'].split(' ').length < 2; i++) {
    await call('POST', `endpoints/${endpoint.id}/test`);
    signed = await message();
  }
  for (const valid of [secret, next]) assert.equal(new Webhook(valid).verify(signed.body, signed.headers).data.endpointId, endpoint.id);
});

test('an event is verified as well', async t => {
  if (live.missing) return t.skip(live.missing);
  const gone = createServer((_, response) => response.writeHead(410).end());
  await new Promise(listening => gone.listen(0, '127.0.0.1', listening));
  const told = await call('POST', 'endpoints', { url: `http://127.0.0.1:${receiver.address().port}/told`, eventTypes: ['endpoint.disabled'] });
  const { endpoint } = await call('POST', 'endpoints', { url: `http://127.0.0.1:${gone.address().port}/`, eventTypes: ['file.failed'] });

  await call('POST', `endpoints/${endpoint.id}/test`);

  for (let verified; verified?.data.endpointId !== endpoint.id || verified.type !== 'endpoint.disabled';) {
    const { headers, body } = await message();
    try {
      verified = new Webhook(told.secret).verify(body, headers);
    } catch {
      continue; // the other endpoint's copy
    }
    assert.equal(verified.data.code, 'endpoint_gone');
  }
  gone.close();
  gone.closeAllConnections();
});
