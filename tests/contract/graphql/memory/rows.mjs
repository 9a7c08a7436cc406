import { conversations } from './rows/conversations.mjs';
import { feeds } from './rows/feeds.mjs';
import { files } from './rows/files.mjs';
import { maker } from './rows/maker.mjs';
import { sources } from './rows/sources.mjs';

/** The rows of a small tenant, table by table as the database has them, the same in every run. */
export function rows() {
  const make = maker(77);
  return [sources, files, conversations, feeds].reduce((data, add) => ({ ...data, ...add(make, data) }), {});
}
