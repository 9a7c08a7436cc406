import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import { liveApi } from '../live.mjs';
import { root } from '../repository.mjs';
import { Memory } from './memory/executor.mjs';
import { rows } from './memory/rows.mjs';
import { Questions } from './questions.mjs';
import { queries } from './queries.mjs';
import { teachScalars } from './scalars.mjs';

// What the API answers over stored rows is what the reference implementation answers over the same rows in memory.

const folder = mkdtempSync(join(tmpdir(), 'quality-ingest-results-'));
const memory = new Memory(teachScalars(buildSchema(readFileSync(join(root, 'api', 'GraphQL', 'schema.graphql'), 'utf8'))), rows());
let live;

before(async () => {
  const file = join(folder, 'rows.json');
  writeFileSync(file, JSON.stringify(memory.data));
  live = await liveApi(file, join(root, 'tests', 'contract', 'graphql', 'memory', 'search.sql'));
});

after(async () => {
  await live?.stop?.();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(query, variables) {
  const response = await fetch(new URL('graphql', live.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: `Bearer ${live.key}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

// Cursors are opaque: each side has its own, and is asked with its own.
const isCursor = value => typeof value === 'string' && value.startsWith('cursor ');

function blind(theirs, ours) {
  if (isCursor(theirs) && typeof ours === 'string' && ours.length > 0) return theirs;
  if (Array.isArray(theirs) && Array.isArray(ours)) return ours.map((item, i) => blind(theirs[i], item));
  if (theirs && ours && typeof theirs === 'object' && typeof ours === 'object') {
    return Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, blind(theirs[key], value)]));
  }
  return ours;
}

// The text: the order of the keys counts.
async function same(query, variables = {}) {
  const [ours, theirs] = [await ask(query, variables), JSON.parse(JSON.stringify(await memory.run(query, variables)))];
  assert.deepEqual(theirs.errors, undefined, query);
  assert.equal(JSON.stringify(blind(theirs, ours)), JSON.stringify(theirs), `${query}\n${JSON.stringify(variables)}`);
  return { ours: ours.data, theirs: theirs.data };
}

async function each(t, list) {
  if (live.missing) return t.skip(live.missing);
  for (const { query, variables } of list) await same(query, variables);
}

for (const [name, list] of Object.entries(queries)) {
  test(`${name} are answered as by the reference implementation`, t => each(t, list));
}

test('queries of all that the schema offers are answered as by the reference implementation', async t => {
  const questions = new Questions(memory, 2026);
  const list = Array.from({ length: 300 }, () => questions.next());
  for (const { query } of list) assert.deepEqual(validate(memory.schema, parse(query)), [], query);
  await each(t, list);
});

const orders = ['STARTED_AT_ASC', 'STARTED_AT_DESC', 'CSAT_SCORE_ASC', 'CSAT_SCORE_DESC', 'DURATION_MS_ASC', 'RECEIVED_AT_DESC'];

for (const order of orders) {
  for (const [count, cursor, edge, more] of [['first', 'after', 'endCursor', 'hasNextPage'], ['last', 'before', 'startCursor', 'hasPreviousPage']]) {
    test(`pages by ${order} from the ${count} on are those of the reference implementation`, async t => {
      if (live.missing) return t.skip(live.missing);
      const page = at => `{ conversations(${count}: 7, orderBy: ${order}${at ? `, ${cursor}: ${JSON.stringify(at)}` : ''}) {
        edges { cursor node { id startedAt csatScore metrics { durationMs } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`;
      const seen = [];
      let [here, there] = [null, null];
      for (let pages = 0; pages < 20; pages++) {
        const [ours, theirs] = [(await ask(page(here))).data, JSON.parse(JSON.stringify((await memory.run(page(there))).data))];
        assert.equal(JSON.stringify(blind(theirs, ours)), JSON.stringify(theirs), `page ${pages}`);
        const { edges, pageInfo } = ours.conversations;
        assert.deepEqual([pageInfo.startCursor, pageInfo.endCursor], [edges[0].cursor, edges.at(-1).cursor]);
        seen.push(...edges.map(({ node }) => node.id));
        if (!pageInfo[more]) break;
        [here, there] = [pageInfo[edge], theirs.conversations.pageInfo[edge]];
      }
      assert.equal(new Set(seen).size, memory.rows({ name: 'Conversation' }).length);
      assert.equal(seen.length, new Set(seen).size);
    });
  }
}
