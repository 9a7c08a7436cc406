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

const words = name => memory.schema.getType(name).getValues().map(({ name: word }) => word);
const whole = '{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }';
const lists = { conversations: 7, files: 5, scans: 2, batches: 3, connectors: 1, queues: 2, agents: 3, callRecords: 5, sales: 4 };

async function answers(query, [here, there]) {
  const [ours, theirs] = [(await ask(query(here))).data, JSON.parse(JSON.stringify((await memory.run(query(there))).data))];
  assert.equal(JSON.stringify(blind(theirs, ours)), JSON.stringify(theirs), query(there));
  return [ours, theirs].map(data => Object.values(data)[0]);
}

async function walk(list, order, [count, cursor, edge, more]) {
  const seen = [];
  let at = [null, null];
  for (;;) {
    const pages = await answers(from => `{ ${list}(${count}: ${lists[list]}, orderBy: ${order}${from ? `, ${cursor}: ${JSON.stringify(from)}` : ''}) ${whole} }`, at);
    const [{ edges, pageInfo, totalCount }] = pages;
    assert.deepEqual([pageInfo.startCursor, pageInfo.endCursor], [edges[0].cursor, edges.at(-1).cursor]);
    seen.push(...edges.map(({ node }) => node.id));
    if (!pageInfo[more]) return assert.deepEqual([seen.length, new Set(seen).size], [totalCount, totalCount]);
    at = pages.map(page => page.pageInfo[edge]);
  }
}

for (const list of Object.keys(lists)) {
  test(`pages of ${list} are those of the reference implementation, in every order and from both ends`, async t => {
    if (live.missing) return t.skip(live.missing);
    const { args } = memory.schema.getQueryType().getFields()[list];
    for (const order of words(args.find(({ name }) => name === 'orderBy').type.name)) {
      await walk(list, order, ['first', 'after', 'endCursor', 'hasNextPage']);
      await walk(list, order, ['last', 'before', 'startCursor', 'hasPreviousPage']);
    }
  });
}

test('pages between two cursors are those of the reference implementation', async t => {
  if (live.missing) return t.skip(live.missing);
  for (const order of words('ConversationOrder')) {
    const all = await answers(() => `{ conversations(first: 100, orderBy: ${order}) ${whole} }`, [null, null]);
    for (const [from, to] of [[2, 9], [0, 1], [9, 2], [20, 36], [4, 4]]) {
      for (const count of ['first: 3', 'last: 3', 'first: 50', 'last: 50']) {
        const between = page => `${count}, after: ${JSON.stringify(page.edges[from].cursor)}, before: ${JSON.stringify(page.edges[to].cursor)}`;
        await answers(page => `{ conversations(${between(page)}, orderBy: ${order}) ${whole} }`, all);
        await answers(page => `{ conversations(${between(page)}, orderBy: ${order}, filter: {channel: {eq: VOICE}}) ${whole} }`, all);
      }
    }
  }
});

test('pages of lists within objects are those of the reference implementation', async t => {
  if (live.missing) return t.skip(live.missing);
  const talk = memory.data.conversations[8].id;
  let at = [null, null];
  for (let pages = 0; pages < 4; pages++) {
    const found = await answers(after => `{ conversation(id: "${talk}") { messages(first: 25, after: ${JSON.stringify(after)}) {
      edges { cursor node { index text } } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount } } }`, at);
    at = found.map(({ messages }) => messages.pageInfo.endCursor);
    if (!found[0].messages.pageInfo.hasNextPage) break;
  }
  const queue = memory.data.queues[0].id;
  const first = await answers(() => `{ queue(id: "${queue}") { conversations(last: 4, orderBy: CSAT_SCORE_ASC) ${whole} } }`, [null, null]);
  await answers(
    before => `{ queue(id: "${queue}") { conversations(last: 4, before: ${JSON.stringify(before)}, orderBy: CSAT_SCORE_ASC) ${whole} } }`,
    first.map(({ conversations }) => conversations.pageInfo.startCursor));
});
