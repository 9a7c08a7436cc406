import { getNamedType } from 'graphql';
import { constant, deepValue } from './columns.mjs';
import { tables } from './tables.mjs';

/** Whether a filter holds for a row. */
export function matches(context, type, filter, row) {
  return Object.entries(filter ?? {}).every(([name, given]) => {
    if (given === null) return true;
    const { one = {}, searches = {} } = tables[type.name];
    if (name === 'and') return given.every(inner => matches(context, type, inner, row));
    if (name === 'or') return given.some(inner => matches(context, type, inner, row));
    if (name === 'not') return !matches(context, type, given, row);
    if (name === 'id') return compares(given, row.id, id => id.slice(id.indexOf(':') + 1).toLowerCase());
    if (searches[name]) return searches[name](row, given, context.data);
    if (one[name]) {
      const other = context.related(type, name, row);
      return other !== undefined && matches(context, context.schema.getType(one[name].type), given, other);
    }
    return compares(given, deepValue(type, name, row, context.data), value => value);
  });
}

function compares(comparison, stored, read) {
  const cast = value => (typeof stored === 'number' ? Number(value) : read(value));
  return Object.entries(comparison).every(([operator, given]) => {
    if (operator === 'eq') return given === null ? stored === null : stored !== null && stored === cast(given);
    if (operator === 'ne') return given === null ? stored !== null : stored === null || stored !== cast(given);
    if (given === null) return true;
    switch (operator) {
      case 'in': return stored !== null && given.map(cast).includes(stored);
      case 'notIn': return stored === null || !given.map(cast).includes(stored);
      case 'lt': return stored !== null && stored < cast(given);
      case 'lte': return stored !== null && stored <= cast(given);
      case 'gt': return stored !== null && stored > cast(given);
      case 'gte': return stored !== null && stored >= cast(given);
      case 'prefix': return stored !== null && stored.startsWith(given);
      case 'isNull': return given === (stored === null);
      default: throw new Error(`There is no ${operator}.`);
    }
  });
}

/** Compares two values; what is null comes last, whichever the direction. */
export function compare(a, b, sign = 1) {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -sign : sign;
}

/** The comparison of an order's word: what is equal by what the table has for that, and by the key at last. */
export function order(context, type, name) {
  const { order: own, keys = ['id'], then = {} } = tables[type.name];
  const given = name ?? own;
  const sign = given?.endsWith('_DESC') ? -1 : 1;
  const field = given && names(type).find(one => constant(one) === given.replace(/_(ASC|DESC)$/, ''));
  const ties = [...(then[field] ?? []), ...keys];
  return (a, b) =>
    (field ? compare(deepValue(type, field, a, context.data), deepValue(type, field, b, context.data), sign) : 0)
    || ties.reduce((found, key) => found || compare(a[key], b[key], sign), 0);
}

// The names of an object's fields, and of those of its parts.
function names(type) {
  const { parts = {} } = tables[type.name];
  return Object.values(type.getFields()).flatMap(field =>
    (parts[field.name] ? Object.keys(getNamedType(field.type).getFields()) : [field.name]));
}

/** A page of rows that are in their order. */
export function page(rows, sort, { first, after, last, before }, byDefault, find) {
  const from = after ? rows.filter(row => sort(row, find(after)) > 0) : rows;
  const slice = before ? from.filter(row => sort(row, find(before)) < 0) : from;
  const backward = last !== undefined && last !== null;
  const taken = backward ? slice.slice(-last) : slice.slice(0, first ?? byDefault);
  return {
    rows: taken,
    totalCount: rows.length,
    hasNextPage: backward ? Boolean(before) : slice.length > taken.length,
    hasPreviousPage: backward ? slice.length > taken.length : Boolean(after),
  };
}
