import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { openPage, reason as noBrowser } from '../graphql/chromium.mjs';
import { liveApi } from '../live.mjs';
import { built } from './built.mjs';

// The client in Node and in a browser, on a running API.

let api, server, page, client;
const missing = () => process.env.CI === 'true' ? undefined : api.missing ?? noBrowser;

before(async () => {
  api = await liveApi();
  if (missing()) return;
  client = await built();
  server = createServer((request, response) => {
    const script = extname(request.url) === '.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ? readFileSync(join(client.folder, request.url.slice(1))) : '<!doctype html><title>A page of its own</title><link rel="icon" href="data:,">');
  });
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  page = await openPage();
  await page.goTo(`http://127.0.0.1:${server.address().port}/`);
});
after(async () => {
  await page?.close();
  server?.close();
  await api?.stop?.();
  client?.remove();
});

const live = (name, body) => test(name, { timeout: 120_000 }, async t => (missing() ? t.skip(missing()) : body()));
// What is done there is given as a function of the client's module, an address and a key, and is done in Node as in a page.
const inPage = action => page.evaluate(`import('/index.js').then(module => (${action})(module, ${JSON.stringify(api.address)}, ${JSON.stringify(api.key)}))`);

async function flow({ ApiProblem, connect, etag, ifChanged, items }, address, key) {
  const client = connect(address, key);
  const name = `Queue ${crypto.randomUUID()}`;
  const queue = await client.createQueue({ name }, { idempotencyKey: crypto.randomUUID() });
  const renamed = await client.replaceQueue(queue.id, etag(queue.version), { name: `${name}, renamed` });
  const names = [];
  for await (const one of items(cursor => client.listQueues({ limit: 1, cursor }))) names.push(one.name);
  const unchanged = await ifChanged(client.getQueue(queue.id, { ifNoneMatch: etag(renamed.version) }));
  const refusal = await client.replaceQueue(queue.id, etag(queue.version), { name }).catch(error => error);
  const csv = await (await client.exportConversationTable()).text();
  await client.deleteQueue(queue.id, etag(renamed.version));
  return {
    listed: names.includes(renamed.name), unchanged: unchanged === undefined,
    refusal: [refusal instanceof ApiProblem, refusal.status, refusal.code],
    conversations: (await client.listConversations({ status: 'completed' })).items.length,
    csv: csv.startsWith('\uFEFFid,') || csv.startsWith('id,'),
    stats: (await client.query('{ conversationStats { count } }')).conversationStats[0].count,
  };
}
const expected = { listed: true, unchanged: true, refusal: [true, 412, 'stale_version'], conversations: 0, csv: true, stats: 0 };

live('the client works in Node', async () => assert.deepEqual(await flow(client.module, api.address, api.key), expected));

live("the client works in a browser, on a page of another origin", async () => assert.deepEqual(await inPage(flow), expected));

live('a page verifies a webhook', async () => {
  assert.equal(await inPage(async ({ verifyWebhook }) => {
    const headers = { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' };
    return (await verifyWebhook(headers, '{"test": 2432232314}', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { now: 1614265330 })).test;
  }), 2432232314);
});
