import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './repository.mjs';
import { faults, pointer } from './schemas.mjs';

// What the JSON of a page is a part of.
const schemas = { 'docs/feeds.md': ['ConnectorInput'] };

const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)];

test('the JSON on the pages is what its schema says', () => {
  for (const page of pages) {
    const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```json\n(.*?)^```/gms)].map(match => match[1]);
    assert.equal(blocks.length, (schemas[page] ?? []).length, `${page}: name the schema of every block here`);
    for (const [index, block] of blocks.entries()) {
      const wrong = faults(pointer('components', 'schemas', schemas[page][index]), JSON.parse(block));
      assert.deepEqual(wrong.filter(fault => !fault.includes('must have required property')), [], `${page}: ${block}`);
    }
  }
});
