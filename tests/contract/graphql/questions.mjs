import { getNamedType, isLeafType, parse } from 'graphql';
import { comparison, print } from './question-filters.mjs';
import { random } from './random.mjs';

const isPage = type => /(Connection|Edge|PageInfo)$/.test(type.name);
const isLeaf = field => isLeafType(getNamedType(field.type));
const nowhere = '00000000-0000-4000-8000-000000000000';
const zones = ['"Europe/Berlin"', '"America/New_York"', '"Asia/Kolkata"', '"Pacific/Auckland"', '"UTC"'];
const parts = ['"REFUND"', '"cafe"', '"%"', '"\\\\"', '"quoted\\" w"', '""', '"thank you"'];

// How deep fields lie within fields.
const depth = ({ kind, selectionSet }) =>
  (kind === 'Field' ? 1 : 0) + Math.max(0, ...(selectionSet?.selections ?? []).map(depth));

/** Queries of all that a schema offers, made from a seed: {query, variables}. What they compare with are values of the rows. */
export class Questions {
  constructor(memory, seed) {
    [this.memory, this.schema, this.below] = [memory, memory.schema, random(seed)];
  }

  /** One that the limits allow. */
  next() {
    for (;;) {
      const question = this.any();
      if (depth(parse(question.query).definitions[0]) <= 10) return question;
    }
  }

  any() {
    [this.variables, this.declared, this.aliases] = [{ yes: true, no: false }, ['$yes: Boolean!', '$no: Boolean!'], 0];
    const fields = Object.values(this.schema.getQueryType().getFields());
    const selections = this.times(1 + this.below(2), () => this.field(this.pick(fields), null, 3));
    const conditions = 'a: __typename @include(if: $yes) b: __typename @skip(if: $yes) c: __typename @include(if: $no)';
    return { query: `query (${this.declared.join(', ')}) { ${conditions} ${selections.join(' ')} }`, variables: this.variables };
  }

  /** True once in so many. */
  once(many) {
    return this.below(many) === 0;
  }

  times(count, make) {
    return Array.from({ length: count }, make);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One at least, and none twice. */
  some(list, most) {
    const left = [...list];
    return this.times(Math.min(left.length, 1 + this.below(most)), () => left.splice(this.below(left.length), 1)[0]);
  }

  // Nearly every field has an alias of its own, for some stand in an object twice; those of different types always.
  field(field, parent, depth) {
    const key = this.once(4) && parent && !this.aliasing && isLeaf(field) ? '' : `x${this.aliases++}: `;
    const condition = this.once(12) ? this.pick([' @skip(if: $yes)', ' @skip(if: $no)', ' @include(if: $yes)']) : '';
    const below = isLeaf(field) ? '' : ` ${this.selection(getNamedType(field.type), depth - 1)}`;
    return `${key}${field.name}${this.arguments(field)}${condition}${below}`;
  }

  selection(type, depth) {
    if (type.name === 'Node') {
      this.aliasing = true;
      const kinds = ['Conversation', 'Queue', 'Scan'].map(name => `... on ${name} ${this.selection(this.schema.getType(name), 1)}`);
      this.aliasing = false;
      return `{ __typename id ${kinds.join(' ')} }`;
    }
    const fields = Object.values(type.getFields()).filter(field => isLeaf(field) || depth > -1 || isPage(type));
    const leaves = fields.filter(isLeaf);
    const selected = this.some(fields, depth <= 0 || isPage(type) ? 4 : 6).map(field => this.field(field, type, isPage(type) ? depth + 1 : depth));
    if (this.once(5)) selected.push('__typename');
    if (leaves.length > 0 && this.once(6)) selected.push(`... on ${type.name} { ${this.field(this.pick(leaves), type, 0)} }`);
    if (leaves.length > 0 && this.once(6)) {
      selected.push(`... @include(if: ${this.pick(['$yes', '$no'])}) { ${this.field(this.pick(leaves), null, 0)} }`);
    }
    return `{ ${selected.join(' ')} }`;
  }

  arguments(field) {
    const given = field.args.flatMap(argument => {
      const value = this.argument(argument, field);
      return value === undefined ? [] : [`${argument.name}: ${value}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  argument({ name, type }, field) {
    const named = getNamedType(type);
    switch (name) {
      case 'first': return field.name.endsWith('Stats') && this.once(2) ? undefined : this.pass(`${1 + this.below(5)}`, 'Int', Number);
      case 'last': case 'after': case 'before': return undefined;
      case 'id': return JSON.stringify(this.someId(getNamedType(field.type)));
      case 'filter': return this.once(2) ? undefined : this.filterArgument(named);
      case 'orderBy': return this.once(2) ? undefined : this.pass(this.pick(named.getValues()).name, `${type}`, word => word);
      case 'groupBy': return `[${this.once(4) ? '' : this.some(named.getValues(), 3).map(value => value.name).join(' ')}]`;
      case 'timeZone': return this.once(3) ? undefined : this.pick(zones);
      case 'role': return this.once(3) ? this.pick(['AGENT', 'CUSTOMER', 'UNKNOWN']) : undefined;
      case 'contains': return this.once(3) ? this.pick(parts) : undefined;
      default: throw new Error(`${name} of ${field.name} is not asked for.`);
    }
  }

  /** The id of an object that there is, with its type before it or, where that is known, bare. */
  someId(type) {
    const name = type.name === 'Node' ? this.pick(['Conversation', 'Queue', 'Scan', 'File']) : type.name;
    const id = this.once(10) ? nowhere : this.pick(this.memory.rows({ name })).id;
    return type.name !== 'Node' && this.once(2) ? id : `${name}:${id}`;
  }

  // As a literal, or as a variable.
  pass(literal, type, read) {
    return this.once(2) ? literal : this.variable(type, read(literal));
  }

  variable(type, value) {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  filterArgument(type) {
    const filter = comparison(this, type, this.schema.getType(type.name.replace(/Filter$/, '')), 2);
    return this.once(2) ? print(filter, type) : this.variable(type.name, filter);
  }
}
