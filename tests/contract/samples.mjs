// Values of every schema of the document, so that nothing of it can be forgotten: each schema whole, and then once with every
// word of an enum, every member of a union, null for everything that may be null, and without everything that may be absent.

/** Samples of every schema: {SCHEMA: [[what it shows, value], …]}, and how many words, members and nulls they show. */
export function samples(document) {
  const { schemas } = document.components;
  const shown = { words: 0, members: 0, nulls: 0, absences: 0 };
  const all = {};
  for (const [name, schema] of Object.entries(schemas)) {
    all[name] = schema.enum ? schema.enum.map(word => [word, word])
      : schema.discriminator ? members(schema, schemas).map(([word, member]) => [Object.values(word)[0], whole(member, schemas, word)])
        : [...objects(name, schema, schemas, shown)];
    shown.words += schema.enum?.length ?? 0;
    shown.members += schema.discriminator ? all[name].length : 0;
  }
  return { all, shown };
}

/** What a schema's values are read as: members of a union as the union, since their word is its affair. */
export function readAs(name, { components: { schemas } }) {
  return Object.keys(schemas).find(base => Object.values(schemas[base].discriminator?.mapping ?? {}).some(member => nameOf(member) === name)) ?? name;
}

/** The members of an object, those of its base included. */
export function properties(schema, schemas) {
  return (schema.allOf ?? [schema]).map(part => part.$ref ? {} : part.properties ?? {}).reduce((all, some) => ({ ...all, ...some }), {});
}

function* objects(name, schema, schemas, shown) {
  const word = discriminated(name, schemas);
  const full = whole(schema, schemas, word);
  yield ['whole', full];
  const required = new Set((schema.allOf ?? [schema]).flatMap(part => part.required ?? []));
  for (const [member, of] of Object.entries(properties(schema, schemas))) {
    if (isNullable(of)) {
      shown.nulls++;
      yield [`${member} null`, { ...full, [member]: null }];
    }
    if (!required.has(member)) {
      shown.absences++;
      const { [member]: _, ...rest } = full;
      yield [`without ${member}`, rest];
    }
    for (const value of alternatives(of, schemas)) {
      yield [`${member} ${JSON.stringify(value).slice(0, 40)}`, { ...full, [member]: value }];
    }
  }
}

// The word that tells a member of a union apart.
function discriminated(name, schemas) {
  for (const base of Object.values(schemas).filter(schema => schema.discriminator)) {
    const found = Object.entries(base.discriminator.mapping).find(([, reference]) => nameOf(reference) === name);
    if (found) return { [base.discriminator.propertyName]: found[0] };
  }
  return {};
}

function members(base, schemas) {
  return Object.entries(base.discriminator.mapping)
    .map(([word, reference]) => [{ [base.discriminator.propertyName]: word }, schemas[nameOf(reference)]]);
}

function whole(schema, schemas, word = {}) {
  const { additionalProperties: more } = schema;
  const own = Object.fromEntries(Object.entries(properties(schema, schemas)).map(([member, of]) => [member, value(of, schemas)]));
  return { ...own, ...(more && Object.keys(own).length === 0 && Object.keys(more).length > 0 ? { a: value(more, schemas) } : {}), ...word };
}

function value(schema, schemas) {
  const of = real(schema, schemas);
  if (of.enum) return of.enum[0];
  if (of.discriminator) {
    const [word, member] = members(of, schemas)[0];
    return whole(member, schemas, word);
  }
  switch ([of.type].flat().find(type => type !== 'null')) {
    case 'boolean': return true;
    case 'integer': return of.format === 'int64' ? Number.MAX_SAFE_INTEGER : Math.max(7, of.minimum ?? 7);
    case 'number': return 0.1;
    case 'array': return [value(of.items, schemas)];
    case 'object': return whole(of, schemas, discriminated(nameOf(reference(schema) ?? ''), schemas));
    case 'string': return text(of);
    default: return of.allOf ? whole(of, schemas, discriminated(nameOf(reference(schema) ?? ''), schemas)) : { any: [1, null, 'x'] };
  }
}

function text({ format }) {
  return {
    uuid: '0198c3a0-0000-7000-8000-0000000000ff',
    date: '2026-02-28',
    'date-time': '2026-02-28T23:59:59.123456Z',
    decimal: '-12345678901234.5600',
  }[format] ?? 'Grüße, "\u2028" \\ 😀';
}

// What else a member may be, apart from null: other words, other members of a union, alone or in a list.
function alternatives(schema, schemas) {
  const of = real(schema, schemas);
  if (of.enum) return of.enum.slice(1);
  if (of.discriminator) return members(of, schemas).slice(1).map(([word, member]) => whole(member, schemas, word));
  if (of.items) {
    const item = real(of.items, schemas);
    return item.enum || item.discriminator ? [[], ...alternatives(of.items, schemas).map(one => [one])] : [[]];
  }
  return [];
}

/** Whether null is a value. */
export function isNullable(schema) {
  return [schema.type].flat().includes('null') || (schema.oneOf ?? []).some(one => one.type === 'null');
}

function reference(schema) {
  return schema.$ref ?? (schema.oneOf ?? []).find(one => one.$ref)?.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0].$ref : undefined);
}

function real(schema, schemas) {
  const name = reference(schema);
  return name ? schemas[nameOf(name)] : (schema.oneOf ?? []).find(one => one.type !== 'null') ?? schema;
}

function nameOf(reference) {
  return reference.split('/').at(-1);
}
