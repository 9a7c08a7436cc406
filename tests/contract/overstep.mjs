import { document } from './repository.mjs';
import { pointer } from './schemas.mjs';

const api = document();
const nothing = '00000000-0000-0000-0000-000000000000';

/**
 * Bodies that each break one bound of a schema, as [JSON pointer to what is wrong, body, which bound].
 * @param example A body that keeps all of them.
 */
export function* oversteps(schema, example) {
  for (const [at, wrong, bound] of within(schema, example, [])) {
    yield [pointer(...at), replaced(example, at, wrong), bound];
  }
}

function* within(schema, value, at) {
  const { properties = {}, required = [], additionalProperties, ...own } = flat(schema, value);
  yield* broken(own, value, at);
  if (own.discriminator !== undefined && at.length > 0) {
    // Every other kind of it, too.
    for (const [kind, member] of Object.entries(own.discriminator.mapping).filter(([kind]) => kind !== value?.[own.discriminator.propertyName])) {
      const sample = { [own.discriminator.propertyName]: kind, ...samples(flat({ $ref: member })) };
      yield* [...within({ $ref: member }, sample, [])].map(([inner, wrong, bound]) => [at, replaced(sample, inner, wrong), bound, inner]);
    }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return;
  }
  for (const name of required) {
    yield [[...at, name], undefined, 'required'];
  }
  if (additionalProperties === false) {
    yield [[...at, 'noSuchMember'], 1, 'additionalProperties'];
  }
  for (const [name, property] of Object.entries(properties)) {
    yield* within(property, value[name], [...at, name]);
  }
}

// What breaks the bounds of one value.
function* broken(schema, value, at) {
  const has = type => [schema.type].flat().includes(type);
  if (has('string') && schema.enum === undefined) {
    if (schema.maxLength < 100_000 && schema.format === undefined) {
      yield [at, 'a'.repeat(schema.maxLength + 1), `maxLength ${schema.maxLength}`];
    }
    if (schema.minLength > 0 && !has('null')) {
      yield [at, '', `minLength ${schema.minLength}`];
    }
    if (schema.pattern !== undefined) {
      yield [at, '(/)', `pattern ${schema.pattern}`];
    }
    if (['uuid', 'date-time'].includes(schema.format)) {
      yield [at, 'neither', `format ${schema.format}`];
    }
  }
  if (schema.enum !== undefined && at.length > 0) {
    yield [at, 'no_such_word', 'enum'];
  }
  if (has('integer')) {
    for (const [bound, beyond] of [['minimum', schema.minimum - 1], ['maximum', schema.maximum + 1]]) {
      if (Number.isSafeInteger(beyond)) {
        yield [at, beyond, `${bound} ${schema[bound]}`];
      }
    }
  }
  if (has('array')) {
    if (schema.minItems > 0) {
      yield [at, [], `minItems ${schema.minItems}`];
    }
    if (schema.maxItems <= 1000) {
      yield [at, Array.from({ length: schema.maxItems + 1 }, () => value?.[0] ?? sample(flat(schema.items))), `maxItems ${schema.maxItems}`];
    }
    if (value?.length > 0) {
      yield* within(schema.items, value[0], [...at, 0]);
    }
  }
}

// A schema with what it refers to, and of a union the member that the value is.
function flat(schema, value) {
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    return { ...flat(api.components.schemas[$ref.split('/').at(-1)], value), ...beside };
  }
  const some = schema.oneOf?.find(part => part.type !== 'null');
  if (some !== undefined) {
    return flat(some, value);
  }
  if (schema.discriminator !== undefined && value !== undefined && value !== null) {
    const member = schema.discriminator.mapping[value[schema.discriminator.propertyName]];
    const own = member === undefined ? {} : api.components.schemas[member.split('/').at(-1)].allOf.at(-1);
    return { ...own, discriminator: schema.discriminator, required: own.required };
  }
  return schema.allOf === undefined ? schema : schema.allOf.at(-1);
}

function samples({ properties = {}, required = [] }) {
  return Object.fromEntries(required.map(name => [name, sample(flat(properties[name]))]));
}

function sample(schema) {
  const type = [schema.type].flat()[0];
  return schema.enum?.[0] ?? (schema.format === 'uuid' ? nothing : type === 'integer' ? 1 : type === 'object' ? samples(schema) : 'a'.repeat(Math.max(schema.minLength ?? 1, 3)));
}

function replaced(body, [first, ...rest], value) {
  if (first === undefined) {
    return value;
  }
  const copy = Array.isArray(body) ? [...body] : { ...body };
  if (rest.length === 0 && value === undefined) {
    delete copy[first];
  } else {
    copy[first] = replaced(body[first], rest, value);
  }
  return copy;
}
