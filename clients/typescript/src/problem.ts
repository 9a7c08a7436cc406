import type { GraphQLError } from './graphql.js';
import type { Problem, ProblemError } from './generated.js';

/**
 * A call that was not done. Where the API itself refused it, which is nearly always, `code` is what to decide by; where
 * something else answered, such as a proxy, there is the status alone.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** The HTTP status code. */
    readonly status: number,
    /** The answer's headers. */
    readonly headers: Headers,
    /** Why the API refused the call; undefined where something else answered. */
    readonly problem: Problem | undefined,
  ) {
    super(problem ? `${status} ${problem.code}: ${problem.detail || problem.title}` : `The answer was ${status}, and not a problem that the API describes.`);
  }

  /** The problem's code, a stable snake_case word such as `not_found`; undefined where something else answered. */
  get code(): string | undefined {
    return this.problem?.code;
  }

  /** Which parts of the request are wrong; empty when it is not about parts. */
  get errors(): ProblemError[] {
    return this.problem?.errors ?? [];
  }

  /** Whether the caller has this version already: the answer to an `ifNoneMatch` that still holds (304). */
  get isNotModified(): boolean {
    return this.status === 304;
  }

  /** How many seconds to wait before the call is made again, never negative; undefined where the answer does not say. */
  get retryAfter(): number | undefined {
    return retryAfter(this.headers, Date.now());
  }

  /** What an answer that is no success says. */
  static async of(response: Response): Promise<ApiProblem> {
    const isProblem = /^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '');
    const text = isProblem ? await response.text() : undefined;
    if (!isProblem) {
      await response.body?.cancel();
    }
    return new ApiProblem(response.status, response.headers, text ? JSON.parse(text) as Problem : undefined);
  }

  /** What a refusal in the form of GraphQL says: its error's code is the problem's, in capitals. */
  static ofQuery({ status, headers }: Response, error: GraphQLError | undefined): ApiProblem {
    const code = error?.extensions?.code?.toLowerCase();
    return new ApiProblem(status, headers, error && code
      ? { type: `urn:qualityingest:problem:${code}`, title: error.message, status, code, detail: error.message, traceId: null, errors: [] }
      : undefined);
  }
}

/** What `Retry-After` asks for, in seconds from now, from a number or a date; undefined without it. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
