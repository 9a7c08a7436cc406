import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fromClients, root } from './repository.mjs';

const work = mkdtempSync(join(tmpdir(), 'quality-ingest-typescript-'));
const requests = [];
let answer;
let server;
let client;
let module;

before(async () => {
  const tsc = join(fromClients.resolve('typescript/package.json'), '..', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--project', join(root, 'clients', 'typescript'), '--outDir', work], { stdio: 'inherit' });
  writeFileSync(join(work, 'package.json'), '{"type":"module"}');
  module = await import(pathToFileURL(join(work, 'index.js')));

  server = createServer((request, response) => {
    const body = [];
    request.on('data', part => body.push(part));
    request.on('end', () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(body).toString() });
      response.writeHead(answer.status, { 'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json' });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  client = module.connect(`http://127.0.0.1:${server.address().port}/`, 'qi_key');
});

after(() => {
  server?.close();
  rmSync(work, { recursive: true, force: true });
});

test('a call shows the key and sends its parameters', async () => {
  answer = { status: 200, body: { items: [], nextCursor: null } };
  assert.deepEqual(await client.listQueues(5, 'a+b/c'), answer.body);

  const request = requests.at(-1);
  assert.equal(request.headers.authorization, 'Bearer qi_key');
  assert.equal(request.url, '/v1/queues?limit=5&cursor=a%2Bb%2Fc');
});

test('a change says which version it is meant for', async () => {
  answer = { status: 204 };
  await client.deleteQueue('5f0c3c1e-0000-0000-0000-000000000000', module.etag(3));
  assert.equal(requests.at(-1).headers['if-match'], '"3"');
});

test('a refusal is an exception that carries the problem', async () => {
  const problem = { type: 'urn:qualityingest:problem:not_found', title: 'Not found', status: 404, code: 'not_found', detail: '', traceId: null, errors: [] };
  answer = { status: 404, body: problem };
  await assert.rejects(client.getQueue('5f0c3c1e-0000-0000-0000-000000000000'), error => {
    assert.ok(module.ApiException.isApiException(error));
    assert.equal(error.status, 404);
    assert.deepEqual(error.result, problem);
    return true;
  });
});

test('unions, words, times and nulls go out and come back as they are', async () => {
  const connector = {
    name: 'Calls',
    settings: {
      region: 'eu-central-1',
      paths: { kind: 'separate', voicePath: 's3://calls/voice/', chatPath: 's3://calls/chat/' },
      credentials: { kind: 'iamRole', roleArn: 'arn:aws:iam::123456789012:role/Reader' },
      ingestFrom: '2026-01-01T00:00:00.000001Z',
      endpoint: null,
    },
  };
  answer = { status: 201, body: connector };
  assert.deepEqual(await client.createConnector(connector), connector);
  assert.deepEqual(JSON.parse(requests.at(-1).body), connector);
});

test('an upload is sent as it is', async () => {
  answer = { status: 200, body: { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, errors: [] } };
  await client.importAgents(new Blob(['name,externalId\nAda,1\n']));
  assert.equal(requests.at(-1).headers['content-type'], 'text/csv');
  assert.equal(requests.at(-1).body, 'name,externalId\nAda,1\n');
});
