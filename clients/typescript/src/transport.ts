import { Download } from './download.js';
import { GraphQLProblem, type GraphQLError } from './graphql.js';
import { ApiProblem } from './problem.js';

/** What sends requests: the global `fetch`, or one that wraps it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What every call takes. */
export interface CallOptions {
  /** Gives the call up, and the reading of its answer. */
  signal?: AbortSignal | undefined;
}

/** What is sent as it is. A stream is read while it is sent, and cannot be sent twice. */
export type Upload = string | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

type Value = string | number | boolean | undefined;

/** A call as an operation describes it. */
export interface Call {
  method: string;
  path: string;
  values?: Record<string, Value>;
  query?: Record<string, Value | readonly Value[]>;
  headers?: Record<string, Value>;
  body?: unknown;
  upload?: Upload;
  type?: string;
  accept: string;
}

/** How calls become requests, and answers values. */
export abstract class Transport {
  private readonly root: string;
  private readonly fetch: Fetch;

  /**
   * @param server The server's root, e.g. `https://ingest.example.com`, with or without a slash at its end; empty: the page's own.
   * @param fetch What sends requests, e.g. with a key; by default the global `fetch`, without one.
   */
  constructor(server: string, fetch: Fetch = (url, init) => globalThis.fetch(url, init)) {
    this.root = server.replace(/\/+$/, '');
    this.fetch = fetch;
  }

  /**
   * Asks `/graphql`. What the query asks for decides what the API key needs.
   * @returns What the answer has as `data`.
   * @throws {GraphQLProblem} The query was not answered, or not wholly; also where the API key is unknown or lacks a scope.
   * @throws {ApiProblem} The request has to wait, e.g. for a rate limit or the database, or was refused before it was read as a query.
   */
  async query<T>(query: string, variables: Record<string, unknown> = {}, options: CallOptions = {}): Promise<T> {
    const call = { method: 'POST', path: '/graphql', body: { query, variables }, type: 'application/json', accept: 'application/graphql-response+json' };
    const response = await this.request(call, options);
    if (!/^application\/(graphql-response\+)?json\b/.test(response.headers.get('content-type') ?? '')) {
      throw await ApiProblem.of(response);
    }
    const { data, errors = [] } = await response.json() as { data?: T | null; errors?: GraphQLError[] };
    if (response.status === 429 || response.status === 503) {
      throw ApiProblem.ofQuery(response, errors[0]);
    }
    if (data === undefined || data === null || errors.length > 0) {
      throw new GraphQLProblem(errors);
    }
    return data;
  }

  protected async json<T>(call: Call, options: CallOptions): Promise<T> {
    return await (await this.send(call, options)).json() as T;
  }

  protected async nothing(call: Call, options: CallOptions): Promise<void> {
    await (await this.send(call, options)).body?.cancel();
  }

  protected async download(call: Call, options: CallOptions): Promise<Download> {
    return new Download(await this.send(call, options));
  }

  private async send(call: Call, options: CallOptions): Promise<Response> {
    const response = await this.request(call, options);
    if (!response.ok) {
      throw await ApiProblem.of(response);
    }
    return response;
  }

  private request(call: Call, options: CallOptions): Promise<Response> {
    const headers = new Headers({ Accept: call.accept });
    for (const [name, value] of Object.entries(call.headers ?? {}).filter(([, value]) => value !== undefined)) {
      headers.set(name, String(value));
    }
    const init: RequestInit & { duplex?: 'half' } = { method: call.method, headers };
    if (options.signal) {
      init.signal = options.signal;
    }
    if (call.body !== undefined || call.upload !== undefined) {
      headers.set('Content-Type', call.type ?? 'application/octet-stream');
      init.body = call.upload === undefined ? JSON.stringify(call.body) : call.upload as BodyInit;
    }
    if (call.upload instanceof ReadableStream) {
      init.duplex = 'half';
    }
    return this.fetch(this.root + address(call), init);
  }
}

function address({ path, values = {}, query = {} }: Call): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === '') {
      throw new TypeError(`'${name}' is needed.`);
    }
    return encodeURIComponent(value);
  });
  const parameters = Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value as Value[] : [value as Value]).map(one => [name, one] as const))
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value as string)}`);
  return parameters.length === 0 ? place : `${place}?${parameters.join('&')}`;
}

export type { Download };
