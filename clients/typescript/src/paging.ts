/** One page of a list. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * A list as a sequence. A page is fetched when its first item is asked for; what is inserted meanwhile makes nothing come twice.
 * @example for await (const queue of items(cursor => client.listQueues({ cursor }))) { … }
 * @param list Fetches the page at a cursor; undefined: the first one.
 */
export async function* items<T>(list: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let cursor: string | null | undefined;
  do {
    const page: Page<T> = await list(cursor ?? undefined);
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null && cursor !== undefined);
}
