import { random } from '../../random.mjs';

/** What rows are made with, the same in every run. */
export function maker(seed) {
  const below = random(seed);
  const digits = count => Array.from({ length: count }, () => below(16).toString(16)).join('');
  return {
    below,
    digits,
    pick: list => list[below(list.length)],
    /** Null once in so many. */
    maybe: (value, chance = 2) => (below(chance) === 0 ? null : value),
    /** A multiple of a quarter: sums of such are exact. */
    quarter: most => below(most * 4) / 4,
    id: () => `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`,
    /** Minutes after a Monday, as the API writes times. */
    at: (minutes, micros = 0) =>
      new Date(Date.UTC(2026, 0, 5) + minutes * 60_000).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`),
    /** As many as are asked for. */
    many: (count, make) => Array.from({ length: count }, (_, i) => make(i)),
  };
}
