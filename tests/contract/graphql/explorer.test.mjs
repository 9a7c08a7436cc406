import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { reason as noApi, startApi } from './api.mjs';
import { openPage, reason as noBrowser } from './chromium.mjs';

// The page at /graphql, as a browser opens it.

const skip = process.env.CI === 'true' ? false : noApi ?? noBrowser ?? false;
let api, key, page;

before(async () => {
  if (skip) return;
  api = await startApi();
  key = await api.newKey('explorer');
  page = await openPage();
  await page.goTo(`${api.url}/graphql`);
});
after(async () => {
  await page?.close();
  await api?.stop();
});

const focus = id => page.evaluate(`document.getElementById('${id}').focus(), document.getElementById('${id}').select()`);

test('a key brings the schema to read', { skip }, async () => {
  await focus('key');
  await page.type(key);
  await page.press('Tab');
  await page.until(`document.querySelector('#docs h2')?.textContent === 'Query'`);
  assert.match(await page.evaluate(`document.getElementById('docs').textContent`), /conversationStats/);
});

test('a query is completed, typed and answered', { skip }, async () => {
  await focus('query');
  await page.type('{');
  await page.press('Enter');
  await page.type('conversationSt');
  await page.until(`!document.getElementById('choices').hidden`);
  await page.press('Tab');
  await page.type(' { count } }');
  assert.match(await page.evaluate(`document.getElementById('query').value`), /^\{\s+conversationStats \{ count \} \}/);

  await page.press('Enter', { ctrl: true });
  await page.until(`document.getElementById('status').textContent.startsWith('200')`);
  assert.deepEqual(
    JSON.parse(await page.evaluate(`document.getElementById('answer').textContent`)),
    { data: { conversationStats: [{ count: 0 }] } });
});

test('variables are sent, and what is wrong is said', { skip }, async () => {
  await focus('query');
  await page.type('query Q($n: Int) { conversations(first: $n) { nodes { id } } }');
  await focus('variables');
  await page.type('{ "n": 1000 }');
  await page.press('Enter', { ctrl: true });
  await page.until(`document.getElementById('status').className === 'bad' && document.getElementById('status').textContent.startsWith('400')`);
  assert.match(await page.evaluate(`document.getElementById('answer').textContent`), /"errors"/);
});

test('a type leads to its fields and to others', { skip }, async () => {
  await page.evaluate(`location.hash = '#Conversation'`);
  await page.until(`document.querySelector('#docs h2').textContent === 'Conversation'`);
  await page.evaluate(`[...document.querySelectorAll('#docs a')].find(a => a.textContent === 'ConversationMetrics').click()`);
  await page.until(`document.querySelector('#docs h2').textContent === 'ConversationMetrics'`);
});

test('it speaks with its own host alone and breaks no rule of its policy', { skip }, () => {
  assert.deepEqual(page.requests.filter(url => !url.startsWith(`${api.url}/graphql`)), []);
  // A refused query is an answer of status 400, which browsers log.
  assert.deepEqual(page.complaints.filter(text => !/status of 400/.test(text)), []);
});

test('the key is not kept beyond the tab', { skip }, async () => {
  assert.equal(await page.evaluate('JSON.stringify(localStorage) + document.cookie'), '{}');
  assert.equal(await page.evaluate(`sessionStorage.getItem('key')`), key);
});
