import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../repository.mjs';

const program = join(root, 'tests', 'GraphQL.Verdicts', 'bin', 'Release', 'net10.0', 'QualityIngest.GraphQL.Verdicts.dll');

/**
 * What our side says of documents, in their order: {document} or {errors: [{code, message, locations: ['line:column'], limit?}]}.
 * `./dev test` has built the program; alone: dotnet build -c Release tests/GraphQL.Verdicts.
 */
export function verdicts(mode, documents, ...more) {
  const lines = documents.map(document => JSON.stringify({ document: Buffer.from(document, 'utf16le').toString('base64') }));
  const { status, stdout, stderr, error } = spawnSync('dotnet', [program, mode, ...more], {
    input: lines.join('\n'), encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120_000,
  });
  if (error || status !== 0) {
    throw new Error(`The verdicts did not come: ${error?.message ?? stderr}`);
  }
  return stdout.trimEnd().split('\n').map(line => JSON.parse(line));
}
