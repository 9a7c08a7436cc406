import {
  getNamedType, getNullableType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isRequiredInputField,
} from 'graphql';
import { random } from './random.mjs';

const samples = {
  Int: ['0', '7', '-2147483648'], Long: ['0', '"9007199254740993"', '12'], Float: ['1.5', '-2e3', '4'], String: ['"a"', '""', '"""b"""'], Boolean: ['true', 'false'], ID: ['"x"', '5'],
  UUID: ['"123e4567-e89b-12d3-a456-426614174000"'], Decimal: ['"1.50"', '2.5', '3'], DateTime: ['"2026-03-29T01:30:00Z"', '"2026-03-29T01:30:00.5+02:00"'], Date: ['"2026-03-29"'],
};

/** Valid documents of a schema, the same ones for one seed: all that it has comes up in some. */
export function generate(schema, count, seed) {
  const writer = new Writer(schema, random(seed));
  return Array.from({ length: count }, () => writer.document());
}

class Writer {
  constructor(schema, below) {
    this.schema = schema;
    this.below = below;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  odds(one) {
    return this.below(one) === 0;
  }

  document() {
    this.variables = new Map();
    this.fragments = [];
    this.keys = 0;
    this.names = new Set();
    this.left = 12 + this.below(40);
    const selections = this.selections(this.schema.getQueryType(), 0);
    const variables = [...this.variables].map(([name, type]) => `$${name}: ${type}`).join(', ');
    const name = variables || this.odds(2) ? ` Q${variables && `(${variables})`}` : '';
    return [`query${name} ${selections}`, ...this.fragments].join('\n');
  }

  // Every field has a key of its own in the whole document, so that none collide.
  selections(type, depth) {
    const fields = Object.values(type.getFields()).filter(field => depth < 7 || isLeafType(getNamedType(field.type)));
    const chosen = [];
    for (let left = 1 + this.below(4); left > 0 && this.left > 0; left--) {
      chosen.push(this.odds(8) ? `k${this.keys++}: __typename` : this.spread(type, depth) ?? this.field(this.pick(fields), depth));
    }
    return `{ ${chosen.length === 0 ? '__typename' : chosen.filter(Boolean).join(' ') || '__typename'} }`;
  }

  field(field, depth) {
    if (!field) {
      return undefined;
    }
    this.left--;
    const type = getNamedType(field.type);
    const args = field.args.filter(arg => this.mustGive(arg) || this.odds(3)).map(arg => `${arg.name}: ${this.value(arg.type, 0)}`);
    const key = this.odds(2) || this.names.has(field.name) ? `k${this.keys++}: ` : '';
    this.names.add(field.name);
    return `${key}${field.name}${args.length ? `(${args.join(', ')})` : ''}${this.condition()}${isLeafType(type) ? '' : ` ${this.selections(type, depth + 1)}`}`;
  }

  spread(type, depth) {
    if (!this.odds(5)) {
      return undefined;
    }
    const possible = isInterfaceType(type) ? [type, ...this.schema.getPossibleTypes(type)] : [type, ...type.getInterfaces()];
    const on = this.pick(possible);
    if (this.odds(2)) {
      return `...${this.odds(4) && on === type ? '' : ` on ${on.name}`}${this.condition()} ${this.selections(on, depth)}`;
    }
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    this.fragments[Number(name.slice(1))] = `fragment ${name} on ${on.name} ${this.selections(on, depth)}`;
    return `...${name}${this.condition()}`;
  }

  condition() {
    return this.odds(10) ? ` @${this.pick(['skip', 'include'])}(if: ${this.odds(2) ? 'true' : this.variable('Boolean!')})` : '';
  }

  mustGive(input) {
    return isNonNullType(input.type) && input.defaultValue === undefined;
  }

  value(type, depth) {
    if (this.odds(6)) {
      return this.variable(String(type));
    }
    if (!isNonNullType(type) && this.odds(12)) {
      return 'null';
    }
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const items = Array.from({ length: this.below(3) }, () => this.value(nullable.ofType, depth + 1));
      return this.odds(4) && items.length === 1 && items[0] !== 'null' && !items[0].startsWith('$') ? items[0] : `[${items.join(', ')}]`;
    }
    if (isInputObjectType(nullable)) {
      const members = Object.values(nullable.getFields()).filter(f => isRequiredInputField(f) || (depth < 5 && this.odds(4)));
      return `{${members.map(f => `${f.name}: ${this.value(f.type, depth + 1)}`).join(', ')}}`;
    }
    if (isEnumType(nullable)) {
      return this.pick(nullable.getValues()).name;
    }
    return samples[nullable.name] ? this.pick(samples[nullable.name]) : this.variable(String(type));
  }

  variable(type) {
    const name = `v${this.variables.size}`;
    this.variables.set(name, type);
    return `$${name}`;
  }
}

/** Documents that changes of meaning have come over: a name, a value or a type stands for another, something is dropped or doubled. */
export function distort(documents, count, seed) {
  const below = random(seed);
  const pick = list => list[below(list.length)];
  const words = [...new Set(documents.flatMap(text => text.match(/[_A-Za-z]\w*/g)))];
  const values = ['1', '1.5', '"a"', 'true', 'null', 'WOOD', '[]', '[1, null]', '{}', '{a: 1}', '$v0', '$nothing', '{and: [{or: []}]}', '"2026-01-01"'];
  const pieces = /\$?[_A-Za-z]\w*|"[^"]*"|-?\d[\d.e]*|\.\.\.|[{}()[\]:!@=]/g;
  const changes = [
    (tokens, at) => (/^[_A-Za-z]/.test(tokens[at]) ? [pick(words)] : undefined),
    (tokens, at) => (/^\$/.test(tokens[at]) ? [pick(['$v0', '$v1', '$v2', '$nothing'])] : undefined),
    (tokens, at) => (/^["\d-]|^(true|false|null)$/.test(tokens[at]) ? [pick(values)] : undefined),
    (tokens, at) => (tokens[at - 1] === ':' && tokens[at] !== '{' && tokens[at] !== '[' ? [pick(values)] : undefined),
    (tokens, at) => (/^k\d+$/.test(tokens[at]) ? ['k0'] : undefined),
    (tokens, at) => (tokens[at] === '!' ? [] : undefined),
    (tokens, at) => (tokens[at] === '{' ? ['{', pick(words)] : undefined),
    (tokens, at) => (tokens[at] === '{' ? ['{', '...', pick(['F0', 'F1', 'F2'])] : undefined),
    (tokens, at) => (tokens[at] === '}' ? ['}', pick(['', '@skip(if: true)'])] : undefined),
    (tokens, at) => (/^F\d+$/.test(tokens[at]) ? [pick(['F0', 'F1', 'F2', 'F3'])] : undefined),
    (tokens, at) => (/^[_A-Za-z]/.test(tokens[at]) && tokens[at - 1] !== 'fragment' ? [tokens[at], `@${pick(['skip', 'include', 'cache', 'tag', 'nothing'])}${pick(['', '(if: true)', '(if: $v0)', '(name: "a")'])}`] : undefined),
  ];
  return Array.from({ length: count }, () => {
    const tokens = pick(documents).match(pieces);
    for (let left = 1 + below(3), tries = 0; left > 0 && tries < 200; tries++) {
      const at = below(tokens.length);
      const put = pick(changes)(tokens, at);
      if (put) {
        tokens.splice(at, 1, ...put);
        left--;
      }
    }
    return tokens.join(' ');
  });
}
