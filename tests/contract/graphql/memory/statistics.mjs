import { getNamedType, isObjectType } from 'graphql';
import { constant, deepValue } from './columns.mjs';
import { compare } from './lists.mjs';
import { tables } from './tables.mjs';

const times = { Conversation: 'startedAt', File: 'discoveredAt', CallRecord: 'callStart', Sale: 'transactionTime' };

/** The groups of rows that are told apart by dimensions, in their order. */
export function groups(context, type, rows, { groupBy, timeZone, orderBy, first }) {
  const key = context.schema.getType(`${type.name}GroupKey`);
  const dimensions = groupBy.map(word => Object.values(key.getFields()).find(field => constant(field.name) === word));
  const found = new Map();
  for (const row of rows) {
    const values = dimensions.map(dimension => dimensionOf(context, type, dimension, row, timeZone));
    const name = JSON.stringify(values);
    found.set(name, { values, rows: [...(found.get(name)?.rows ?? []), row] });
  }
  if (dimensions.length === 0 && found.size === 0) {
    found.set('', { values: [], rows: [] });
  }

  const byKey = (a, b, sign) => dimensions.reduce((result, _, i) => result || compare(a.values[i], b.values[i], sign), 0);
  const sorts = {
    KEY_ASC: (a, b) => byKey(a, b, 1),
    KEY_DESC: (a, b) => byKey(a, b, -1),
    COUNT_DESC: (a, b) => b.rows.length - a.rows.length || byKey(a, b, 1),
    COUNT_ASC: (a, b) => a.rows.length - b.rows.length || byKey(a, b, 1),
  };
  return [...found.values()].sort(sorts[orderBy]).slice(0, first ?? 100).map(group => ({
    rows: group.rows,
    count: group.rows.length,
    key: Object.fromEntries(dimensions.map((dimension, i) => [
      dimension.name, isObjectType(getNamedType(dimension.type)) ? context.byId(getNamedType(dimension.type).name, group.values[i]) : group.values[i],
    ])),
  }));
}

function dimensionOf(context, type, field, row, timeZone) {
  const { one = {} } = tables[type.name];
  if (one[field.name]) return row[one[field.name].column];
  if (!['hour', 'day', 'week', 'month'].includes(field.name)) return deepValue(type, field.name, row, context.data);
  return truncate(field.name, deepValue(type, times[type.name], row, context.data), timeZone);
}

function truncate(unit, at, timeZone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  if (unit === 'hour') {
    const instant = Date.parse(`${at.slice(0, 19)}Z`) - (parts.minute * 60 + Number(parts.second)) * 1000;
    return new Date(instant).toISOString().replace('.000Z', '.000000Z');
  }
  const day = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  if (unit === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  if (unit === 'month') day.setUTCDate(1);
  return day.toISOString().slice(0, 10);
}

/** The figures of a metric over rows that have it. */
export function figures(context, type, name, rows) {
  const values = rows.map(row => deepValue(type, name, row, context.data)).filter(value => value !== null).sort((a, b) => a - b);
  if (values.length === 0) {
    return { count: 0, sum: null, avg: null, min: null, max: null, p50: null, p90: null, p95: null, p99: null };
  }
  const sum = values.reduce((total, value) => total + value, 0);
  const percentile = part => {
    const spot = part * (values.length - 1);
    const low = Math.floor(spot);
    const high = Math.min(low + 1, values.length - 1);
    return values[low] + (spot - low) * (values[high] - values[low]);
  };
  return {
    count: values.length, sum, avg: sum / values.length, min: values[0], max: values.at(-1),
    p50: percentile(0.5), p90: percentile(0.9), p95: percentile(0.95), p99: percentile(0.99),
  };
}
