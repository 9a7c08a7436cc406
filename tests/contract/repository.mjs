import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The packages are those of clients/, which are locked there. */
export const fromClients = createRequire(join(root, 'clients', 'package.json'));

/** The committed description of the API. */
export function document() {
  return fromClients('yaml').parse(readFileSync(join(root, 'openapi.yaml'), 'utf8'));
}

/** Every operation of a document, as [name, operation, path]. */
export function operations(api) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation, path]));
}

/** Every answer of an operation, as [status, response], with those that stand in the components. */
export function answers(api, operation) {
  return Object.entries(operation.responses).map(([status, response]) =>
    [status, response.$ref === undefined ? response : api.components.responses[response.$ref.split('/').at(-1)]]);
}
