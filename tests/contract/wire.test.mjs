import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { document, root } from './repository.mjs';
import { readAs, samples } from './samples.mjs';
import { compiles } from './typescript/built.mjs';

// Every enum, union and nullable of the document goes through the API and through both clients and means the same afterwards.

const api = document();
const { all, shown } = samples(api);
let wire, address;

before(async () => {
  wire = spawn('dotnet', [join(root, 'tests', 'Wire', 'bin', process.env.CONFIGURATION ?? 'Release', 'net10.0', 'QualityIngest.Wire.dll')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [first] = await Promise.race([
    new Promise(resolve => createInterface({ input: wire.stdout }).once('line', line => resolve([line]))),
    new Promise((_, reject) => wire.once('exit', () => reject(new Error('The program did not start.')))),
  ]);
  ({ address } = JSON.parse(first));
});
after(() => wire?.stdin.end());

test('the samples show every word, member and null of the document', () => {
  const text = JSON.stringify(api.components.schemas);
  assert.equal(shown.words, Object.values(api.components.schemas).reduce((sum, schema) => sum + (schema.enum?.length ?? 0), 0));
  assert.equal(shown.nulls, text.split('"null"').length - 1);
  assert.ok(shown.words > 60 && shown.members > 10 && shown.nulls > 200 && shown.absences > 50, JSON.stringify(shown));
});

for (const [side, words] of [['server', 'the API'], ['client', 'the API and the C# client']]) {
  test(`${words} read every sample and write what it means`, async () => {
    const faults = [];
    for (const [schema, values] of Object.entries(all)) {
      for (const [what, value] of values) {
        const answer = await fetch(`${address}/${side}/${readAs(schema, api)}`, { method: 'POST', body: JSON.stringify(value) });
        const text = await answer.text();
        const fault = answer.ok ? difference(value, JSON.parse(text)) : `${answer.status} ${text}`;
        if (fault) faults.push(`${schema}, ${what}: ${fault}`);
      }
    }
    assert.deepEqual(faults, []);
  });
}

test('the TypeScript client has a type for every sample, and no other members', () => {
  const work = mkdtempSync(join(tmpdir(), 'quality-ingest-wire-'));
  try {
    const lines = Object.entries(all).flatMap(([schema, values]) =>
      values.map(([what, value]) => `// ${schema}, ${what.replace(/[^ -~]/g, '')}\n{ const it: api.${schema} = ${JSON.stringify(value)}; void it; }`));
    writeFileSync(join(work, 'samples.ts'), `import type * as api from ${JSON.stringify(join(root, 'clients', 'typescript', 'src', 'generated.js'))};\n${lines.join('\n')}\n`);
    compiles(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

// Null and absent mean the same, and so do Z and +00:00; what was absent may come back as its default.
function difference(sent, received, place = '$') {
  if (sent === null || sent === undefined) {
    return received === null || received === undefined ? undefined : `${place} is ${JSON.stringify(received)}`;
  }
  if (typeof sent !== 'object') {
    return sent === (typeof received === 'string' ? received.replace(/(?<=T\d\d:\d\d:[\d.]+)\+00:00$/, 'Z') : received) ? undefined : `${place} is ${JSON.stringify(received)}, not ${JSON.stringify(sent)}`;
  }
  if (received === null || typeof received !== 'object' || Array.isArray(sent) !== Array.isArray(received) || (Array.isArray(sent) && sent.length !== received.length)) {
    return `${place} is ${JSON.stringify(received)}`;
  }
  for (const member of Object.keys(sent)) {
    const fault = difference(sent[member], received[member], `${place}.${member}`);
    if (fault) return fault;
  }
  return undefined;
}
