import { QualityIngestClient } from './generated.js';
import { retrying, type RetryOptions } from './retry.js';
import type { Fetch } from './transport.js';

/** How a client connects. */
export interface ConnectOptions {
  /** How calls that are answered 429 or 503 are made again; false: never. */
  retry?: RetryOptions | false;
  /** What sends requests; by default the global `fetch`. */
  fetch?: Fetch;
}

/**
 * Makes a client that shows an API key, and repeats calls that are answered 429 or 503.
 * @param server The server's root, e.g. `https://ingest.example.com`, with or without a slash at its end.
 * @param apiKey The key, `qi_…`; or what gives it, for every request, e.g. from a vault.
 */
export function connect(server: string, apiKey: string | (() => string | Promise<string>), options: ConnectOptions = {}): QualityIngestClient {
  const send = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const withKey: Fetch = async (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${typeof apiKey === 'string' ? apiKey : await apiKey()}`);
    return send(url, { ...init, headers });
  };
  return new QualityIngestClient(server, options.retry === false ? withKey : retrying(withKey, options.retry));
}
