import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../repository.mjs';

const program = join(root, 'tests', 'GraphQL.Verdicts', 'bin', process.env.CONFIGURATION ?? 'Release', 'net10.0', 'QualityIngest.GraphQL.Verdicts.dll');

/**
 * What our side says of documents, in their order: what the mode asks for, or
 * {errors: [{code, message, locations: ['line:column'], limit?, rule?}]}. A document is a text, or {document, variables}.
 * `./dev test` has built the program; alone: dotnet build -c Release tests/GraphQL.Verdicts.
 */
export function verdicts(mode, documents, ...more) {
  const lines = documents.map(request => {
    const { document, variables } = typeof request === 'string' ? { document: request } : request;
    return JSON.stringify({ document: Buffer.from(document, 'utf16le').toString('base64'), variables });
  });
  return run(mode, more, lines.join('\n')).trimEnd().split('\n').map(line => JSON.parse(line));
}

/** What our side writes of a mode that takes no documents. */
export function run(mode, more, input = '') {
  const { status, stdout, stderr, error } = spawnSync('dotnet', [program, mode, ...more], {
    input, encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120_000,
  });
  if (error || status !== 0) {
    throw new Error(`The verdicts did not come: ${error?.message ?? stderr}`);
  }
  return stdout;
}
