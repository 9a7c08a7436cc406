import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromClients, root } from '../repository.mjs';

/** The compiler that the clients are built with. */
export const tsc = join(fromClients.resolve('typescript/package.json'), '..', 'bin', 'tsc');

/** Checks that all modules of a folder compile under strict rules, outside of any package of types. */
export function compiles(folder) {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      noEmit: true, strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, types: [],
      target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], module: 'NodeNext', moduleResolution: 'NodeNext',
    },
    include: ['*.ts'],
  }));
  try {
    execFileSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
  } catch (error) {
    throw new Error(error.stdout);
  }
}

/** The TypeScript client, built into a folder of its own: {module, folder, remove()}. */
export async function built() {
  const folder = mkdtempSync(join(tmpdir(), 'quality-ingest-typescript-'));
  execFileSync(process.execPath, [tsc, '--project', join(root, 'clients', 'typescript'), '--outDir', folder], { stdio: 'inherit' });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return {
    module: await import(pathToFileURL(join(folder, 'index.js'))),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * A server that answers as it is told: `answers` are taken one by one, each {status, headers, body}, or a function that is given
 * the response; `requests` are what was asked.
 */
export async function scripted() {
  const requests = [], answers = [];
  const server = createServer((request, response) => {
    const body = [];
    request.on('data', part => body.push(part));
    request.on('end', () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(body).toString() });
      const answer = answers.shift() ?? { status: 500, body: 'Nobody expected this request.' };
      if (typeof answer === 'function') {
        answer(response);
        return;
      }
      const { status = 200, headers = {}, body: content } = answer;
      const isText = typeof content === 'string';
      response.writeHead(status, { 'content-type': isText ? 'text/plain' : status < 400 ? 'application/json' : 'application/problem+json', ...headers });
      response.end(content === undefined ? undefined : isText ? content : JSON.stringify(content));
    });
  });
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  return {
    requests, answers, address: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise(closed => server.close(closed));
    },
  };
}

/** What a refusal looks like. */
export function refusal(status, code, headers = {}) {
  return {
    status, headers,
    body: { type: `urn:qualityingest:problem:${code}`, title: 'No', status, code, detail: '', traceId: null, errors: [] },
  };
}
