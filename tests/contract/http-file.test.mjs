import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { liveApi } from './live.mjs';
import { document, operations, root } from './repository.mjs';

const requests = parse(readFileSync(join(root, 'clients', 'quality-ingest.http'), 'utf8'));
let live;

before(async () => {
  live = await liveApi();
});

after(() => live?.stop?.());

test('every request of the file is named after its operation', () => {
  const api = document();
  const known = new Map(operations(api).map(([name, operation]) => [operation.operationId, name]));
  for (const { name, method, url } of requests) {
    const [expectedMethod, path] = known.get(name)?.split(' ') ?? [];
    const asked = url.replace('{{baseUrl}}', '').replace(/\?.*/, '').replace(/\{\{[^}]*\.id\}\}/g, '{id}');
    assert.deepEqual([method, asked], [expectedMethod, path], name);
  }
});

test('the file runs from top to bottom', { timeout: 120_000 }, async context => {
  if (live.missing !== undefined) {
    context.skip(live.missing);
    return;
  }
  const answers = new Map();
  const fill = text => text?.replace(/\{\{([^}]+)\}\}/g, (_, name) => value(name, answers));
  for (const { name, method, url, headers, body } of requests) {
    const response = await fetch(fill(url), { method, headers: headers.map(header => header.map(fill)), body: fill(body) });
    const text = await response.text();
    assert.ok(response.status < 300, `${name}: ${response.status} ${text}`);
    answers.set(name, { headers: response.headers, text });
  }
});

function value(name, answers) {
  const [request, , part, , ...path] = name.split('.');
  if (name === 'baseUrl') {
    return String(live.address).replace(/\/$/, '');
  }
  if (name === 'apiKey') {
    return live.key;
  }
  const answer = answers.get(request);
  return part === 'headers' ? answer.headers.get(name.split('.').at(-1)) : path.reduce((node, member) => node[member], JSON.parse(answer.text));
}

// A request begins behind ###, and names itself with @name; its body stands behind an empty line.
function parse(text) {
  return text.split(/^###.*$/m).slice(1).map(part => {
    const [head, ...rest] = part.trim().split(/\n\n/);
    const lines = head.split('\n');
    const name = lines.find(line => line.startsWith('# @name '))?.slice('# @name '.length);
    const [first, ...headers] = lines.filter(line => !line.startsWith('#'));
    const [method, url] = first.split(' ');
    const body = rest.join('\n\n');
    return { name, method, url, headers: headers.map(header => header.split(/: (.*)/s).slice(0, 2)), body: body === '' ? undefined : body };
  });
}
