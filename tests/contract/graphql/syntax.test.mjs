import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { documents, wholes } from './documents.mjs';
import { mutations } from './mutations.mjs';
import { syntax } from './reference.mjs';
import { verdicts } from './verdicts.mjs';

const groups = Object.entries(documents);
const generated = mutations(wholes, 3000, 20);
let answers;

before(() => {
  const all = [...groups.flatMap(([, texts]) => texts), ...wholes, ...generated];
  answers = new Map(verdicts('syntax', all).map((answer, i) => [all[i], answer]));
});

function agree(texts) {
  for (const text of texts) {
    const [ours, theirs] = [answers.get(text), syntax(text)];
    const same = theirs.document === undefined
      ? ours.errors?.[0].code === 'GRAPHQL_PARSE_FAILED' && isDeepStrictEqual(ours.errors[0].locations, [theirs.at])
      : isDeepStrictEqual(ours.document, theirs.document);
    assert.ok(same, `${JSON.stringify(text)}\nours:   ${JSON.stringify(ours)}\ntheirs: ${JSON.stringify(theirs)}`);
  }
}

for (const [name, texts] of groups) {
  test(`${name} are read, or refused at the same place, as by the reference implementation`, () => agree(texts));
}

test('documents of some size are read as by the reference implementation', () => {
  agree(wholes);
  assert.ok(wholes.every(text => syntax(text).document));
});

test('documents that changes came over are read, or refused at the same place, as by the reference implementation', () => {
  agree(generated);
  const valid = generated.filter(text => syntax(text).document).length;
  assert.ok(valid > 100 && valid < generated.length / 2, `${valid} of ${generated.length} are documents`);
});
