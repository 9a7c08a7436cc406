import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { liveApi } from './live.mjs';
import { document, operations, root } from './repository.mjs';
import { faults, pointer } from './schemas.mjs';

const newman = createRequire(import.meta.url)('newman');
const folder = join(root, 'clients', 'postman');
const collection = JSON.parse(readFileSync(join(folder, 'quality-ingest.postman_collection.json'), 'utf8')
  // A name that leads nowhere, wherever this runs.
  .replaceAll('https://example.com/hooks', 'https://receiver.invalid/hooks'));
const environment = JSON.parse(readFileSync(join(folder, 'quality-ingest.postman_environment.json'), 'utf8'));

// What has to succeed when the collection runs from top to bottom on a new installation: everything about what it makes itself.
const sure = /^(list|create|get(Queue|Agent|Connector|WebhookEndpoint|Tenant|Schedule|Usage|QueueMappings)$|replace|delete(Queue|Agent|Connector|WebhookEndpoint)$|validateQualityCsv|validateConversationJson|importAgents|setSchedule|testWebhookEndpoint)/;
const notSure = new Set(['listConversationEvents', 'listFileEvents', 'listRejections', 'listRevisions']);

const api = document();
const places = new Map(Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [operation.operationId, [path, method]])));

let live;

before(async () => {
  live = await liveApi();
});

after(() => live?.stop?.());

test('every operation is in the collection, but for those that end no answer', () => {
  const ids = new Set(collection.item.flatMap(folder => folder.item.map(item => item.name)));
  const missing = operations(api).map(([, operation]) => operation.operationId).filter(id => !ids.has(id));
  assert.deepEqual(missing, ['streamEvents']);
});

test('the collection runs from top to bottom', { timeout: 300_000 }, async context => {
  if (live.missing !== undefined) {
    context.skip(live.missing);
    return;
  }
  const summary = await run({
    collection,
    environment,
    envVar: [
      { key: 'baseUrl', value: String(live.address).replace(/\/$/, '') },
      { key: 'apiKey', value: live.key },
      { key: 'adminKey', value: live.admin },
    ],
    timeoutRequest: 60_000,
  });

  const answers = summary.run.executions.map(({ item, response, requestError }) => ({ name: item.name, status: response?.code, type: response?.headers.get('Content-Type')?.split(';')[0], error: requestError?.message, body: response?.stream?.toString() }));
  assert.deepEqual(summary.run.failures.map(({ source, error }) => `${source?.name}: ${error.message} ${answers.find(answer => answer.name === source?.name)?.body}`), []);
  const refused = answers.filter(({ name, status }) => sure.test(name) && !notSure.has(name) && !(status < 300));
  assert.deepEqual(refused, []);
  assert.deepEqual(answers.flatMap(unlike), []);
});

// What an answer's JSON has that its schema does not, or lacks.
function unlike({ name, status, type, body }) {
  const [path, method] = places.get(name);
  const described = api.paths[path][method].responses[status];
  const at = described.$ref === undefined ? pointer('paths', path, method, 'responses', status) : described.$ref.slice(1);
  return /[/+]json$/.test(type ?? '') ? faults(at + pointer('content', type, 'schema'), JSON.parse(body)).map(fault => `${name} ${status} ${fault}`) : [];
}

function run(options) {
  return new Promise((resolve, reject) => newman.run(options, (error, summary) => (error ? reject(error) : resolve(summary))));
}
