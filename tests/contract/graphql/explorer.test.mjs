import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { liveApi } from '../live.mjs';
import { openPage, reason as noBrowser } from './chromium.mjs';

// The page at /graphql, as a browser opens it.

let api, page;
const missing = () => process.env.CI === 'true' ? undefined : api.missing ?? noBrowser;
const inPage = (name, body) => test(name, async t => (missing() ? t.skip(missing()) : body()));

before(async () => {
  api = await liveApi();
  if (missing()) return;
  page = await openPage();
  await page.goTo(`${api.address}graphql`);
});
after(async () => {
  await page?.close();
  await api.stop?.();
});

const focus = id => page.evaluate(`document.getElementById('${id}').focus(), document.getElementById('${id}').select()`);

inPage('a key brings the schema to read', async () => {
  await focus('key');
  await page.type(api.key);
  await page.press('Tab');
  await page.until(`document.querySelector('#docs h2')?.textContent === 'Query'`);
  assert.match(await page.evaluate(`document.getElementById('docs').textContent`), /conversationStats/);
});

inPage('a query is completed, typed and answered', async () => {
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

inPage('variables are sent, and what is wrong is said', async () => {
  await focus('query');
  await page.type('query Q($n: Int) { conversations(first: $n) { nodes { id } } }');
  await focus('variables');
  await page.type('{ "n": 1000 }');
  await page.press('Enter', { ctrl: true });
  await page.until(`document.getElementById('status').className === 'bad' && document.getElementById('status').textContent.startsWith('400')`);
  assert.match(await page.evaluate(`document.getElementById('answer').textContent`), /"errors"/);
});

inPage('a type leads to its fields and to others', async () => {
  await page.evaluate(`location.hash = '#Conversation'`);
  await page.until(`document.querySelector('#docs h2').textContent === 'Conversation'`);
  await page.evaluate(`[...document.querySelectorAll('#docs a')].find(a => a.textContent === 'ConversationMetrics').click()`);
  await page.until(`document.querySelector('#docs h2').textContent === 'ConversationMetrics'`);
});

inPage('it speaks with its own host alone and breaks no rule of its policy', () => {
  assert.deepEqual(page.requests.filter(url => !url.startsWith(`${api.address}graphql`)), []);
  // A refused query is an answer of status 400, which browsers log.
  assert.deepEqual(page.complaints.filter(text => !/status of 400/.test(text)), []);
});

inPage('the key is not kept beyond the tab', async () => {
  assert.equal(await page.evaluate('JSON.stringify(localStorage) + document.cookie'), '{}');
  assert.equal(await page.evaluate(`sessionStorage.getItem('key')`), api.key);
});
