import { lines } from './download.js';
import type { FeedEvent, QualityIngestClient } from './generated.js';
import { ApiProblem } from './problem.js';
import { sleep } from './retry.js';

/** Which events. */
export interface EventFilter {
  /** The cursor of the last event that the caller has. */
  after?: string | undefined;
  /** Only events of these types. */
  type?: string[] | undefined;
  /** Only events of this connector. */
  connectorId?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** How events are followed. */
export interface FollowOptions extends EventFilter {
  /** After how many seconds without any sign of life a connection is made anew. 60 by default; the server gives one every 15. */
  silence?: number;
  /** Waits so many seconds between attempts, and ends early with the signal's reason. */
  wait?: (seconds: number, signal: AbortSignal | null | undefined) => Promise<void>;
}

/** Goes through the events that are stored, page by page, from the first one or behind `after`, and ends behind the last one. */
export async function* storedEvents(client: QualityIngestClient, filter: EventFilter = {}): AsyncGenerator<FeedEvent, void, undefined> {
  let { after } = filter;
  for (let more = true; more;) {
    const page = await client.listEvents({ ...filter, after });
    yield* page.items;
    ({ next: after, more } = page);
  }
}

/**
 * Waits for events and gives each as it happens, without end: a connection that breaks, ends or falls silent is made again behind
 * the last event, so that none is missed and none comes twice. Between attempts it waits one second, two and so on up to 30, or
 * as long as `Retry-After` asks. Keep the cursor of what is dealt with, and begin there next time; without `after` it begins
 * with what happens from now on. Leaving the loop, or the signal, ends it.
 * @throws {ApiProblem} The request is refused, and would be again: by another status than 429 and 5xx.
 */
export async function* followEvents(
  client: QualityIngestClient, { after, silence = 60, wait = sleep, signal, ...filter }: FollowOptions = {},
): AsyncGenerator<FeedEvent, void, undefined> {
  let place = after;
  for (let failures = 0; ; failures++) {
    const watch = new Watch(silence, signal);
    let asked: number | undefined;
    try {
      const stream = await client.streamEvents({ ...filter, lastEventID: place, signal: watch.signal });
      for await (const { event, id, data } of sent(stream.stream)) {
        watch.rest();
        failures = 0;
        place = id ?? place;
        if (event !== 'still') {
          yield JSON.parse(data) as FeedEvent;
        }
        watch.start();
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ApiProblem && error.status !== 429 && error.status < 500) {
        throw error;
      }
      if (!(error instanceof ApiProblem) && !watch.isBreak(error)) {
        throw error;
      }
      asked = error instanceof ApiProblem ? error.retryAfter : undefined;
    } finally {
      watch.rest();
    }
    await wait(asked ?? Math.min(2 ** failures, 30) * (1 - Math.random() / 4), signal);
  }
}

/** Ends a connection that has been silent for too long. */
class Watch {
  private readonly end = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal: AbortSignal;

  constructor(private readonly seconds: number, outer: AbortSignal | undefined) {
    this.signal = outer ? AbortSignal.any([outer, this.end.signal]) : this.end.signal;
    this.start();
  }

  start(): void {
    this.timer = setTimeout(() => this.end.abort(), this.seconds * 1000);
  }

  rest(): void {
    clearTimeout(this.timer);
  }

  /** Whether an error is of the connection: what fetch throws when it breaks, or what this watch did to it. */
  isBreak(error: unknown): boolean {
    return this.end.signal.aborted || error instanceof TypeError;
  }
}

interface Sent {
  event: string;
  id: string | undefined;
  data: string;
}

// Server-sent events, as the HTML standard reads them. An event that the connection's end cuts off is none.
async function* sent(stream: ReadableStream<Uint8Array>): AsyncGenerator<Sent, void, undefined> {
  let event = '', id: string | undefined, data: string[] = [];
  for await (const line of lines(stream)) {
    if (line === '') {
      if (data.length > 0) {
        yield { event, id, data: data.join('\n') };
      }
      [event, data] = ['', []];
      continue;
    }
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') event = value ?? '';
    else if (field === 'data') data.push(value ?? '');
    else if (field === 'id') id = value;
  }
}
