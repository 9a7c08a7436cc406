import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { built, refusal, scripted } from './built.mjs';

let api, module, remove, client;

before(async () => {
  ({ module, remove } = await built());
  api = await scripted();
  client = module.connect(api.address, 'qi_key', { retry: false });
});
after(async () => {
  await api?.close();
  remove?.();
});

const streams = (name, body) => test(name, { timeout: 60_000 }, async () => {
  api.requests.length = api.answers.length = 0;
  await body();
});

async function all(sequence) {
  const found = [];
  for await (const item of sequence) found.push(item);
  return found;
}

const event = cursor => ({ cursor, id: `e-${cursor}`, type: 'file.ingested', timestamp: '2026-05-04T12:00:00Z', data: { about: 'linked', url: '/', connectorId: null, version: 1 } });
const sent = cursor => `event: file.ingested\nid: ${cursor}\ndata: ${JSON.stringify(event(cursor))}\n\n`;
const eventStream = { 'content-type': 'text/event-stream' };

streams('a list is gone through page by page', async () => {
  api.answers.push({ body: { items: [1, 2], nextCursor: 'a' } }, { body: { items: [], nextCursor: 'b' } }, { body: { items: [3], nextCursor: null } });
  assert.deepEqual(await all(module.items(cursor => client.listQueues({ limit: 2, cursor }))), [1, 2, 3]);
  assert.deepEqual(api.requests.map(request => request.url), ['/v1/queues?limit=2', '/v1/queues?limit=2&cursor=a', '/v1/queues?limit=2&cursor=b']);
});

streams('a page is fetched when it is needed', async () => {
  api.answers.push({ body: { items: [1, 2], nextCursor: 'a' } });
  for await (const item of module.items(cursor => client.listQueues({ cursor }))) {
    if (item === 2) break;
  }
  assert.equal(api.requests.length, 1);
});

streams('events that are stored are gone through to their end', async () => {
  api.answers.push({ body: { items: [event('c1')], next: 'c2', more: true } }, { body: { items: [event('c9')], next: 'c9', more: false } });
  assert.deepEqual((await all(module.storedEvents(client, { type: ['file.ingested'] }))).map(e => e.cursor), ['c1', 'c9']);
  assert.equal(api.requests[1].url, '/v1/events?after=c2&type=file.ingested');
});

streams('events are followed over broken connections behind the last one', async () => {
  const waits = [];
  api.answers.push(
    response => { // Lines come in any pieces, with any ends.
      response.writeHead(200, eventStream);
      const text = (sent('c1') + sent('c2')).replaceAll('\n', '\r\n');
      let at = 0;
      const piece = () => at < text.length ? response.write(text.slice(at, at += 37), piece) : response.end();
      piece();
    },
    response => response.destroy(),
    refusal(503, 'unavailable', { 'retry-after': '5' }),
    { headers: eventStream, body: ':comment\n\nevent: still\nid: c7\ndata: null\n\n' },
    response => {
      response.writeHead(200, eventStream);
      response.write(`${sent('c8')}id: c9\ndata: {"cut`, () => response.destroy());
    },
    { headers: eventStream, body: sent('c9') });

  const cursors = [];
  for await (const told of module.followEvents(client, { after: 'c0', wait: async seconds => { waits.push(seconds); } })) {
    cursors.push(told.cursor);
    if (told.cursor === 'c9') break;
  }
  assert.deepEqual(cursors, ['c1', 'c2', 'c8', 'c9']);
  assert.deepEqual(api.requests.map(request => request.headers['last-event-id']), ['c0', 'c2', 'c2', 'c2', 'c7', 'c8']);
  assert.equal(waits[2], 5);
  assert.ok(waits.every((wait, i) => i === 2 || (wait >= 0.75 && wait <= 4)), waits.join());
});

streams('a connection that falls silent is made anew', async () => {
  api.answers.push(response => response.writeHead(200, eventStream).flushHeaders(), ...Array.from({ length: 9 }, () => ({ headers: eventStream, body: sent('c1') })));
  for await (const told of module.followEvents(client, { silence: 0.5, wait: async () => undefined })) {
    assert.equal(told.cursor, 'c1');
    break;
  }
  assert.ok(api.requests.length >= 2);
});

streams('a refusal that would come again ends the following', async () => {
  api.answers.push(refusal(403, 'insufficient_scope'));
  await assert.rejects(module.followEvents(client).next(), { code: 'insufficient_scope' });
});

streams('following ends when the caller says so', async () => {
  const end = new AbortController();
  api.answers.push(response => response.writeHead(200, eventStream).write(sent('c1')));
  await assert.rejects(async () => {
    for await (const told of module.followEvents(client, { signal: end.signal })) {
      assert.equal(told.cursor, 'c1');
      end.abort();
    }
  }, { name: 'AbortError' });
});

streams('a download is read as it comes', async () => {
  let rest;
  api.answers.push(response => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="../calls.jsonl"' });
    response.write('{"a":"ü"}\n{"a":');
    rest = () => response.end('2}');
  });
  const download = await client.exportConversations({ status: 'completed' });
  assert.deepEqual([download.contentType, download.fileName], ['application/x-ndjson', 'calls.jsonl']);
  const lines = download.lines();
  assert.deepEqual((await lines.next()).value, { a: 'ü' }); // before the server has sent the rest
  rest();
  assert.deepEqual(await all(lines), [{ a: 2 }]);
});

streams('a download that breaks off is no whole one', async () => {
  api.answers.push(response => response.writeHead(200, { 'content-length': '100' }).write('{"a":1}\n', () => response.destroy()));
  await assert.rejects(all((await client.exportConversations()).lines()), TypeError);
});

streams('a download that is left is ended', async () => {
  let closed;
  api.answers.push(response => {
    closed = new Promise(resolve => response.once('close', resolve));
    response.writeHead(200).write('1\n2\n');
  });
  for await (const line of (await client.exportConversations()).lines()) {
    assert.equal(line, 1);
    break;
  }
  await closed;
});
