import { getNamedType, graphql } from 'graphql';
import { value } from './columns.mjs';
import { matches, order, page } from './lists.mjs';
import { figures, groups } from './statistics.mjs';
import { tables } from './tables.mjs';

// Types whose objects hold their fields as they are answered.
const ready = /(Edge|GroupKey|Statistics|^PageInfo)$/;
const bare = id => id.slice(id.indexOf(':') + 1);

/** The reference executor over rows in memory, which resolves what fields mean in the plainest way there is. */
export class Memory {
  constructor(schema, data) {
    [this.schema, this.data] = [schema, data];
    for (const [type, { table }] of Object.entries(tables)) {
      (data[table] ?? []).forEach(row => Object.defineProperty(row, '__typename', { value: type }));
    }
  }

  run(source, variableValues) {
    return graphql({ schema: this.schema, source, variableValues, fieldResolver: (...call) => this.resolve(...call) });
  }

  rows(type) {
    const { table, shown = () => true } = tables[type.name];
    return (this.data[table] ?? []).filter(row => shown(row, this.data));
  }

  byId(type, id) {
    return this.rows({ name: type }).find(row => row.id === id) ?? null;
  }

  related(type, name, row) {
    const { type: other, column, of } = tables[type.name].one[name];
    return this.byId(other, of ? of(row, this.data) : row[column]) ?? undefined;
  }

  resolve(source, args, _, { parentType, fieldName }) {
    const field = parentType.getFields()[fieldName];
    const { parts = {}, one = {}, many = {} } = tables[parentType.name] ?? {};
    if (parentType.name === 'Query') return this.root(field, args);
    if (parentType.name.endsWith('Connection')) return connectionField(source, fieldName);
    if (ready.test(parentType.name) || fieldName in (source.ready ?? {})) return (source.ready ?? source)[fieldName] ?? null;
    if (parentType.name.endsWith('Group')) return figures(this, source.type, fieldName, source.rows);
    if (parts[fieldName]) return parts[fieldName](source);
    if (one[fieldName]) return this.related(parentType, fieldName, source) ?? null;
    if (many[fieldName]) return this.list(many[fieldName], source, field, args);
    return fieldName === 'id' ? `${parentType.name}:${source.id}` : value(parentType, field, source, this.data);
  }

  root(field, args) {
    if (field.name === 'node') {
      const [type] = args.id.split(':');
      return tables[type] ? this.byId(type, bare(args.id)) : null;
    }
    const named = getNamedType(field.type);
    if (field.name.endsWith('Stats')) {
      const type = this.schema.getType(named.name.replace(/Group$/, ''));
      const rows = this.rows(type).filter(row => matches(this, type, args.filter, row));
      return groups(this, type, rows, args).map(({ rows: grouped, ...figured }) => ({ type, rows: grouped, ready: figured }));
    }
    if (tables[named.name]) return this.byId(named.name, bare(args.id));
    return this.list({ type: named.name.replace(/Connection$/, ''), of: (_, rows) => rows }, null, field, args);
  }

  list({ type: name, of, plain, list, matches: also = () => true }, row, field, args) {
    const type = this.schema.getType(name);
    const { table, keys = ['id'] } = tables[name];
    const sort = order(this, type, args.orderBy);
    const everything = of(row, table ? this.rows(type) : [], this.data);
    const all = everything.filter(each => also(each, args) && (plain || list || matches(this, type, args.filter, each))).sort(sort);
    if (list) return all.slice(0, args.first ?? 50);
    const cursorOf = each => `cursor ${JSON.stringify([row?.id ?? null, ...keys.map(key => each[key])])}`;
    return { ...page(all, sort, args, 50, cursor => everything.find(each => cursorOf(each) === cursor)), cursorOf };
  }
}

function connectionField({ rows, cursorOf, totalCount, hasNextPage, hasPreviousPage }, name) {
  switch (name) {
    case 'nodes': return rows;
    case 'edges': return rows.map(node => ({ node, cursor: cursorOf(node) }));
    case 'totalCount': return totalCount;
    default: {
      const [startCursor, endCursor] = rows.length > 0 ? [rows[0], rows.at(-1)].map(cursorOf) : [null, null];
      return { hasNextPage, hasPreviousPage, startCursor, endCursor };
    }
  }
}
