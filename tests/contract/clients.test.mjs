import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fromClients, root } from './repository.mjs';

const work = mkdtempSync(join(tmpdir(), 'quality-ingest-contract-'));
after(() => rmSync(work, { recursive: true, force: true }));

test('the committed clients are what openapi.yaml generates', () => {
  execFileSync(process.execPath, [join(root, 'clients', 'generate.mjs'), work], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const file of [
    'csharp/Generated/QualityIngestClient.cs', 'csharp/Generated/Paging.cs', 'typescript/src/generated.ts',
    'postman/quality-ingest.postman_collection.json', 'postman/quality-ingest.postman_environment.json',
  ]) {
    const [committed, generated] = [join(root, 'clients', file), join(work, file)].map(path => readFileSync(path, 'utf8'));
    assert.ok(committed === generated, `clients/${file} is not what openapi.yaml generates. Run ./dev clients.`);
  }
});

test('the TypeScript client compiles under strict rules', () => {
  const tsc = join(fromClients.resolve('typescript/package.json'), '..', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--project', join(root, 'clients', 'typescript'), '--noEmit'], { stdio: ['ignore', 'inherit', 'inherit'] });
});

test('no lock file names a registry', () => {
  for (const folder of ['clients', 'tests/contract']) {
    const lock = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'));
    for (const [name, entry] of Object.entries(lock.packages)) {
      assert.equal(entry.resolved, undefined, `${folder}: ${name}`);
    }
  }
});
