import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'graphql';
import { distort, generate } from './generator.mjs';
import { ours, theirs } from './judgement.mjs';
import { rules } from './rules.mjs';
import { schemaOf, schemas } from './schemas.mjs';
import { verdicts } from './verdicts.mjs';

const groups = Object.entries(rules);
const museum = new Map(judge(schemaOf('museum'), groups.flatMap(([, texts]) => texts)).map(judged => [judged.text, judged]));

function judge({ schema, file }, texts) {
  return verdicts('validate', texts, file).map((answer, i) => ({ text: texts[i], ours: ours(answer), theirs: theirs(schema, texts[i]) }));
}

function agree(judged) {
  for (const { text, ours, theirs } of judged) {
    assert.ok(isDeepStrictEqual(ours, theirs), `${text}\nours:   ${ours.join(', ')}\ntheirs: ${theirs.join(', ')}`);
  }
}

const isDocument = text => {
  try {
    return parse(text) !== undefined;
  } catch {
    return false;
  }
};

for (const [name, texts] of groups) {
  test(`${name} are judged as by the reference implementation`, () => agree(texts.map(text => museum.get(text))));
}

test('every rule refuses something', () => {
  const refused = new Set([...museum.values()].flatMap(judged => judged.theirs.map(blamed => blamed.split(' ')[0])));
  assert.equal(refused.size, 25, [...refused].sort().join(', '));
});

for (const schema of schemas) {
  const generated = generate(schema.schema, 300, 7);

  test(`generated documents are valid in the schema of ${schema.name}`, () => {
    const judged = judge(schema, generated);
    agree(judged);
    const refused = judged.filter(({ theirs }) => theirs.length > 0);
    assert.equal(refused.length, 0, JSON.stringify(refused[0]));
  });

  test(`generated documents that changes came over are judged as by the reference implementation in the schema of ${schema.name}`, () => {
    const distorted = distort(generated, 2000, 11).filter(isDocument);
    const judged = judge(schema, distorted);
    agree(judged);
    const valid = judged.filter(({ theirs }) => theirs.length === 0).length;
    assert.ok(distorted.length > 500 && valid > 50 && valid < distorted.length / 2, `${valid} of ${distorted.length} are valid`);
  });
}
