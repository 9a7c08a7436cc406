import { getNamedType, isEnumType } from 'graphql';
import { tables } from './tables.mjs';

const snake = name => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** `quality-csv` → `QUALITY_CSV`. */
export const word = stored => (stored === null || stored === undefined ? null : stored.replaceAll('-', '_').toUpperCase());

/** `startedAt` → `STARTED_AT`. */
export const constant = name => snake(name).toUpperCase();

/** A field of a row that is a value, as it is answered. */
export function value(type, field, row, data) {
  const { fields = {}, column = snake, sparse = false } = tables[type.name] ?? {};
  const stored = fields[field.name] ? fields[field.name](row, data) : row[column(field.name)] ?? (sparse || column(field.name) in row ? null : undefined);
  if (stored === undefined) {
    throw new Error(`What ${type.name}.${field.name} is of its row is not written in tables.mjs.`);
  }
  return isEnumType(getNamedType(field.type)) ? (Array.isArray(stored) ? stored.map(word) : word(stored)) : stored;
}

/** The value of the field of a name, of the object's own or of one of its parts: filters, orders and figures do not tell them apart. */
export function deepValue(type, name, row, data) {
  const fields = type.getFields();
  if (fields[name]) {
    return value(type, fields[name], row, data);
  }
  for (const [part, of] of Object.entries(tables[type.name].parts ?? {})) {
    const inner = getNamedType(fields[part].type);
    if (inner.getFields()[name]) {
      return value(inner, inner.getFields()[name], of(row) ?? row, data);
    }
  }
  throw new Error(`${type.name} has no ${name}.`);
}
