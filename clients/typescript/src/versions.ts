import { ApiProblem } from './problem.js';

/** The ETag of a version, for `If-Match` and `If-None-Match`. `*` in its place means any version. */
export function etag(version: number): string {
  return `"${version}"`;
}

/**
 * What a call with `ifNoneMatch` gives, or undefined where the caller has this version already.
 * @example await ifChanged(client.getQueue(id, { ifNoneMatch: etag(known.version) }))
 */
export async function ifChanged<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiProblem && error.isNotModified) {
      return undefined;
    }
    throw error;
  }
}
