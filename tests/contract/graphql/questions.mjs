import { getNamedType, isEnumType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { deepValue } from './memory/columns.mjs';
import { random } from './random.mjs';

/** Queries of all that a schema offers, made from a seed: {query, variables}. What they compare with are values of the rows. */
export class Questions {
  constructor(memory, seed) {
    [this.memory, this.schema, this.below] = [memory, memory.schema, random(seed)];
  }

  next() {
    [this.variables, this.declared, this.aliases] = [{ yes: true, no: false }, ['$yes: Boolean!', '$no: Boolean!'], 0];
    const fields = Object.values(this.schema.getQueryType().getFields());
    const selections = Array.from({ length: 1 + this.below(2) }, () => this.field(this.pick(fields), null, 3));
    return { query: `query (${this.declared.join(', ')}) { a: __typename @include(if: $yes) b: __typename @skip(if: $yes) c: __typename @include(if: $no) ${selections.join(' ')} }`, variables: this.variables };
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  some(list, most) {
    const left = [...list];
    return Array.from({ length: Math.min(left.length, 1 + this.below(most)) }, () => left.splice(this.below(left.length), 1)[0]);
  }

  // Every field has an alias of its own, for some stand in an object twice.
  field(field, parent, depth) {
    const type = getNamedType(field.type);
    const key = this.below(4) === 0 && parent && isLeafType(type) ? '' : `x${this.aliases++}: `;
    const condition = this.below(12) === 0 ? this.pick([' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: $yes)']) : '';
    return `${key}${field.name}${this.arguments(field, type)}${condition}${isLeafType(type) ? '' : ` ${this.selection(type, depth - 1)}`}`;
  }

  selection(type, depth) {
    if (type.name === 'Node') {
      return `{ __typename id ${['Conversation', 'Queue', 'Scan'].map(name => `... on ${name} ${this.selection(this.schema.getType(name), 1)}`).join(' ')} }`;
    }
    const shallow = depth <= 0 || isPage(type) ? 4 : 6;
    const fields = Object.values(type.getFields()).filter(field => isLeafType(getNamedType(field.type)) || depth > 0 || isPage(type) || isPage(getNamedType(field.type)) === false && depth > -1);
    const leaves = fields.filter(field => isLeafType(getNamedType(field.type)));
    const chosen = this.some(fields, shallow);
    const parts = (chosen.length > 0 ? chosen : leaves.slice(0, 1)).map(field => this.field(field, type, isPage(type) ? depth + 1 : depth));
    if (this.below(5) === 0) parts.push('__typename');
    if (this.below(6) === 0 && leaves.length > 0) parts.push(`... on ${type.name} { ${this.field(this.pick(leaves), type, 0)} }`);
    if (this.below(6) === 0 && leaves.length > 0) parts.push(`... @include(if: ${this.pick(['$yes', '$no'])}) { ${this.field(this.pick(leaves), null, 0)} }`);
    return `{ ${parts.join(' ')} }`;
  }

  arguments(field, type) {
    const given = field.args.flatMap(argument => {
      const value = this.argument(argument, field, type);
      return value === undefined ? [] : [`${argument.name}: ${value}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  argument({ name, type }, field, result) {
    switch (name) {
      case 'first': return field.args.some(({ name: other }) => other === 'groupBy') && this.below(2) === 0 ? undefined : this.pass(`${1 + this.below(5)}`, 'Int', value => Number(value));
      case 'last': case 'after': case 'before': return undefined;
      case 'id': return JSON.stringify(this.someId(result));
      case 'filter': return this.below(2) === 0 ? undefined : this.filterArgument(getNamedType(type));
      case 'orderBy': return this.below(2) === 0 ? undefined : this.pass(this.pick(getNamedType(type).getValues()).name, `${type}`, value => value);
      case 'groupBy': return `[${this.below(4) === 0 ? '' : this.some(getNamedType(type).getValues(), 3).map(value => value.name).join(' ')}]`;
      case 'timeZone': return this.below(3) === 0 ? undefined : this.pick(['"Europe/Berlin"', '"America/New_York"', '"Asia/Kolkata"', '"Pacific/Auckland"', '"UTC"']);
      case 'role': return this.below(3) === 0 ? this.pick(['AGENT', 'CUSTOMER', 'UNKNOWN']) : undefined;
      case 'contains': return this.below(3) === 0 ? this.pick(['"REFUND"', '"cafe"', '"%"', '"\\\\"', '"quoted\\" w"', '""', '"thank you"']) : undefined;
      default: throw new Error(`${name} of ${field.name} is not asked for.`);
    }
  }

  someId(type) {
    const candidates = type.name === 'Node' ? ['Conversation', 'Queue', 'Scan', 'File'] : [type.name];
    const name = this.pick(candidates);
    const row = this.pick(this.memory.rows({ name }));
    return row === undefined ? `${name}:00000000-0000-4000-8000-000000000000` : this.below(2) === 0 && type.name !== 'Node' ? row.id : `${name}:${row.id}`;
  }

  // As a literal, or as a variable.
  pass(literal, type, read) {
    if (this.below(2) === 0) return literal;
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = read(literal);
    return `$${name}`;
  }

  filterArgument(type) {
    const filter = this.filter(type, this.schema.getType(type.name.replace(/Filter$/, '')), 2);
    if (this.below(2) === 0) return print(filter, type);
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type.name}`);
    this.variables[name] = filter;
    return `$${name}`;
  }

  filter(input, type, depth) {
    const members = Object.values(input.getFields()).filter(({ name }) => depth > 0 || !['and', 'or', 'not'].includes(name));
    const weighted = depth > 0 && input.getFields().not ? [...members, ...Array(4).fill(input.getFields().or), ...Array(3).fill(input.getFields().not), ...Array(2).fill(input.getFields().and)] : members;
    return Object.fromEntries(this.some(weighted, this.below(3) === 0 ? 2 : 1).map(member => [member.name, this.member(member, type, depth)]));
  }

  member({ name, type: input }, type, depth) {
    if (name === 'search') return this.pick(['refund', 'hello', 'thank you', 'nothing']);
    if (name === 'attribute') return this.pick(['user.plan=gold', 'list=x', 'user.n=6', 'user.plan=lead']);
    if (name === 'not') return this.filter(input, type, depth - 1);
    if (isListType(input)) return Array.from({ length: this.below(8) === 0 ? 0 : 1 + this.below(3) }, () => this.filter(getNamedType(input), type, depth - 1));
    const field = type.getFields()[name];
    const related = field && getNamedType(field.type);
    if (name !== 'id' && isObjectType(related)) return this.filter(input, related, 0);
    return this.comparison(input, type, name);
  }

  comparison(input, type, name) {
    const rows = this.memory.rows(type);
    const value = () => (rows.length === 0 ? null : name === 'id' ? this.someId(type) : deepValue(type, name, this.pick(rows), this.memory.data));
    return Object.fromEntries(this.some(Object.values(input.getFields()), this.below(4) === 0 ? 2 : 1).map(({ name: operator, type: operand }) => {
      if (operator === 'isNull') return [operator, this.below(2) === 0];
      if (operator === 'prefix') return [operator, this.pick(['in', 'in/', 'in_', 'in%', 'feed', ''])];
      if (isListType(operand)) return [operator, Array.from({ length: this.below(4) }, value).filter(each => each !== null)];
      return [operator, value()];
    }));
  }
}

const isPage = type => /(Connection|Edge|PageInfo)$/.test(type.name);

// A value as a literal of its type.
function print(value, type) {
  if (value === null) return 'null';
  if (isNonNullType(type)) return print(value, type.ofType);
  if (Array.isArray(value)) return `[${value.map(item => print(item, type.ofType)).join(', ')}]`;
  if (isEnumType(type)) return value;
  if (typeof value === 'object') return `{${Object.entries(value).map(([name, inner]) => `${name}: ${print(inner, type.getFields()[name].type)}`).join(', ')}}`;
  return JSON.stringify(value);
}
