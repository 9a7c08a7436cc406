import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = ['chromium', 'chromium-browser', 'google-chrome'].find(name => spawnSync(name, ['--version']).status === 0);

/** Why no browser can be opened here; null: one can. */
export const reason = program ? null : 'Chromium is missing: apt-get install chromium';

/** A headless Chromium with one page, driven over its own protocol through a pipe. */
export async function openPage() {
  const profile = mkdtempSync(join(tmpdir(), 'qi-chromium-'));
  const browser = spawn(program, [
    '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run', '--no-sandbox', '--disable-gpu',
    '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--window-size=1400,900', 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  const [commands, answers] = [browser.stdio[3], browser.stdio[4]];
  const waiting = new Map(), listeners = [];
  let last = 0, rest = '';
  answers.setEncoding('utf8').on('data', text => {
    const messages = (rest + text).split('\0');
    rest = messages.pop();
    for (const message of messages.map(m => JSON.parse(m))) {
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) reject?.(new Error(message.error.message));
      else if (message.id) resolve?.(message.result);
      else for (const listen of listeners) listen(message);
    }
  });
  browser.on('exit', () => { for (const { reject } of waiting.values()) reject(new Error('Chromium ended.')); });

  let sessionId;
  const send = (method, params = {}) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    commands.write(`${JSON.stringify({ id: last, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
  });
  const { targetInfos } = await send('Target.getTargets');
  ({ sessionId } = await send('Target.attachToTarget', { targetId: targetInfos.find(t => t.type === 'page').targetId, flatten: true }));

  /** Everything that the page asked of the network, and what it complained about. */
  const requests = [], complaints = [];
  listeners.push(({ method, params }) => {
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    if (method === 'Log.entryAdded') complaints.push(params.entry.text);
    if (method === 'Runtime.exceptionThrown') complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
  });
  await Promise.all(['Page', 'Runtime', 'Network', 'Log'].map(domain => send(`${domain}.enable`)));

  async function evaluate(expression) {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  return {
    send, evaluate, requests, complaints,
    async goTo(url) {
      const loaded = new Promise(resolve => listeners.push(({ method }) => method === 'Page.loadEventFired' && resolve()));
      await send('Page.navigate', { url });
      await loaded;
    },
    /** Waits until an expression holds in the page. */
    async until(expression) {
      for (const deadline = Date.now() + 20_000; !(await evaluate(expression));) {
        if (Date.now() > deadline) throw new Error(`It never holds: ${expression}\n${complaints.join('\n')}`);
        await evaluate('new Promise(r => requestAnimationFrame(r))');
      }
    },
    type: text => send('Input.insertText', { text }),
    /** Presses a key as a person does. */
    async press(key, { ctrl = false } = {}) {
      const codes = { Enter: 13, Tab: 9, Escape: 27, ' ': 32, ArrowDown: 40 };
      const event = { key, code: key === ' ' ? 'Space' : key, windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0), modifiers: ctrl ? 2 : 0 };
      await send('Input.dispatchKeyEvent', { type: ctrl ? 'rawKeyDown' : 'keyDown', ...event, ...(ctrl ? {} : { text: key.length === 1 ? key : key === 'Enter' ? '\r' : '' }) });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async close() {
      if (browser.exitCode === null && browser.signalCode === null) {
        process.kill(-browser.pid, 'SIGKILL'); // with the processes that it started, which write to the profile too
        await once(browser, 'exit');
      }
      await remove(profile);
    },
  };
}

/** What was killed may be a moment from its end; a profile that stays in the temporary directory is no failure of a page. */
async function remove(profile) {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await sleep(100);
    }
  }
}
