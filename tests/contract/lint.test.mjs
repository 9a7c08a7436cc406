import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import spectral from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import ruleset from './spectral.mjs';
import { root } from './repository.mjs';

const file = join(root, 'openapi.yaml');

test('Spectral finds nothing in the document', async () => {
  const linter = new spectral.Spectral();
  linter.setRuleset(new spectral.Ruleset(ruleset, { source: fileURLToPath(new URL('spectral.mjs', import.meta.url)) }));
  const findings = await linter.run(new spectral.Document(readFileSync(file, 'utf8'), parsers.Yaml, file));
  assert.deepEqual(findings.map(({ code, message, path, range }) => `${range.start.line + 1} ${code} ${path.join('/')}: ${message}`), []);
});
