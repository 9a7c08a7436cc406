import { retryAfter } from './problem.js';
import type { Fetch } from './transport.js';

/** How calls are made again. */
export interface RetryOptions {
  /** How often a call is made again at most. 3 by default. */
  maxRetries?: number;
  /** The longest wait that is sat out, in seconds; an answer that asks for more is returned at once. 30 by default. */
  maxWait?: number;
  /** Waits so many seconds, and ends early with the signal's reason. */
  wait?: (seconds: number, signal: AbortSignal | null | undefined) => Promise<void>;
}

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * A `fetch` that makes a call again that was answered 429 or 503, after as long as `Retry-After` asks for, or else after half a
 * second, one, two and so on; up to a quarter is added by chance, so that callers who were refused together do not come back
 * together. Only calls that may safely be made twice: GET, HEAD, OPTIONS, PUT, DELETE, and those with an `Idempotency-Key`;
 * never one whose body is a stream, which is spent. When no try is left the last answer is returned.
 */
export function retrying(fetch: Fetch, { maxRetries = 3, maxWait = 30, wait = sleep }: RetryOptions = {}): Fetch {
  return async (url, init) => {
    for (let retries = 0; ; retries++) {
      const response = await fetch(url, init);
      if (retries >= maxRetries || (response.status !== 429 && response.status !== 503) || !mayRepeat(init)) {
        return response;
      }
      const seconds = retryAfter(response.headers, Date.now()) ?? 0.5 * 2 ** retries;
      if (seconds > maxWait) {
        return response;
      }
      await response.body?.cancel();
      await wait(seconds * (1 + Math.random() / 4), init.signal);
    }
  };
}

function mayRepeat(init: RequestInit): boolean {
  return !(init.body instanceof ReadableStream)
    && (repeatable.has(init.method ?? 'GET') || new Headers(init.headers).has('Idempotency-Key'));
}

/** Waits so many seconds, and ends early with the signal's reason. */
export function sleep(seconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, seconds * 1000);
    if (signal?.aborted) {
      abort();
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
