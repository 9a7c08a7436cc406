import { QualityIngestClient } from './generated.js';

export * from './generated.js';

/**
 * Makes a client that shows an API key.
 * @param server The server's root, e.g. `https://ingest.example.com`.
 * @param apiKey The key, `qi_…`.
 */
export function connect(server: string, apiKey: string): QualityIngestClient {
  return new QualityIngestClient(server.replace(/\/+$/, ''), {
    fetch: (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Authorization', `Bearer ${apiKey}`);
      return fetch(url, { ...init, headers });
    },
  });
}

/** The ETag of a version, for `If-Match` and `If-None-Match`. */
export function etag(version: number): string {
  return `"${version}"`;
}
