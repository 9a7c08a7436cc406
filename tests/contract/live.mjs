import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './repository.mjs';

const program = join(root, 'tests', 'LiveApi', 'bin', process.env.CONFIGURATION ?? 'Release', 'net10.0', 'QualityIngest.LiveApi.dll');

/**
 * Starts the API on a database of its own: {address, key, admin, tenant, stop()}, or {missing} where there is no PostgreSQL, which
 * fails in CI. `./dev test` has built it; alone: dotnet build -c Release tests/LiveApi api.
 * @param files rows.json and after.sql, as tests/LiveApi takes them.
 */
export async function liveApi(...files) {
  const child = spawn('dotnet', [program, ...files], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = [];
  child.stderr.on('data', part => said.push(part));
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = () => {
    child.stdin.end();
    return ended;
  };

  const output = createInterface({ input: child.stdout });
  const first = await Promise.race([new Promise(resolve => output.once('line', resolve)), ended.then(() => undefined)]);
  if (first === undefined) {
    throw new Error(`The API did not start: ${Buffer.concat(said)}`);
  }
  const { missing, ...live } = JSON.parse(first);
  if (missing === undefined) {
    return { ...live, stop };
  }
  await stop();
  if (process.env.CI === 'true') {
    throw new Error(missing);
  }
  return { missing };
}
