import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { answers, document, operations, root } from './repository.mjs';

const api = document();

test('every reference leads somewhere', () => {
  for (const reference of references(api)) {
    const target = reference.slice(2).split('/').reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], api);
    assert.ok(target, `${reference} leads nowhere`);
  }
});

test('every schema is used', () => {
  const used = new Set([...references(api)].map(reference => reference.split('/').at(-1)));
  assert.deepEqual(Object.keys(api.components.schemas).filter(name => !used.has(name)), []);
});

test('every parameter of a path is declared, and no other', () => {
  for (const [name, operation, path] of operations(api)) {
    const declared = (operation.parameters ?? []).filter(parameter => parameter.in === 'path').map(parameter => parameter.name);
    assert.deepEqual(declared.sort(), [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort(), name);
  }
});

test('every parameter and member is in camel case, and every word of an enum in one of the written forms', () => {
  for (const [name, operation] of operations(api)) {
    for (const parameter of (operation.parameters ?? []).filter(parameter => parameter.in === 'query')) {
      assert.match(parameter.name, /^[a-z][A-Za-z0-9]*$/, name);
    }
  }
  for (const schema of nodes(api.components.schemas)) {
    for (const member of schema.type === 'object' ? Object.keys(schema.properties ?? {}) : []) {
      assert.match(member, /^[a-z][A-Za-z0-9]*$/);
    }
    for (const word of Array.isArray(schema.enum) ? schema.enum : []) {
      assert.match(word, /^[a-z][A-Za-z0-9]*([_.-][a-z0-9]+)*$/);
    }
  }
});

test('every schema says its type in one way that clients know', () => {
  const many = [...nodes(api.components.schemas)].filter(schema => Array.isArray(schema.type));
  for (const schema of many) {
    assert.equal(schema.type.length, 2, JSON.stringify(schema));
    assert.ok(schema.type.includes('null'), JSON.stringify(schema));
  }
  for (const schema of nodes(api.components.schemas)) {
    if (Array.isArray(schema.enum)) {
      assert.equal(schema.type, 'string', JSON.stringify(schema));
    }
  }
});

test('every member of a union names its base and is named by it', () => {
  const schemas = api.components.schemas;
  for (const [name, base] of Object.entries(schemas).filter(([, schema]) => schema.discriminator)) {
    const { propertyName, mapping } = base.discriminator;
    assert.deepEqual(base.properties[propertyName].enum, Object.keys(mapping), name);
    for (const reference of Object.values(mapping)) {
      const member = schemas[reference.split('/').at(-1)];
      assert.equal(member.allOf[0].$ref, `#/components/schemas/${name}`);
    }
  }
});

test('every problem is the same problem, and says of which types it may be', () => {
  for (const [name, operation] of operations(api)) {
    for (const [status, response] of answers(api, operation).filter(([status]) => /^[45]/.test(status))) {
      assert.deepEqual(Object.keys(response.content), ['application/problem+json'], `${name} ${status}`);
      assert.equal(response.content['application/problem+json'].schema.$ref, '#/components/schemas/Problem', `${name} ${status}`);
      for (const type of listed(response)) {
        const code = type.match(/^urn:qualityingest:problem:([a-z_]+)$/)[1];
        assert.ok(response.description.includes(`\`${code}\``), `${name} ${status} ${code}`);
      }
    }
    assert.equal(Object.keys(operation.responses).filter(status => status.startsWith('2')).length, 1, `${name} has one success`);
  }
});

test('the page of errors gives every code the status that the document gives it', () => {
  const explained = new Map([...readFileSync(join(root, 'docs', 'errors.md'), 'utf8').matchAll(/^\| `([a-z_]+)` \| (\d{3}) \|/gm)].map(row => [row[1], row[2]]));
  for (const [name, operation] of operations(api)) {
    for (const [status, response] of answers(api, operation).filter(([status]) => /^[45]/.test(status))) {
      for (const type of listed(response)) {
        assert.equal(explained.get(type.split(':').at(-1)), status, `${name} ${type}`);
      }
    }
  }
});

// `*` stands for codes of buckets and files, which are explained elsewhere on the page.
function listed(response) {
  return response['x-problem-types'].filter(type => !type.endsWith(':*'));
}

function* nodes(value) {
  if (value === null || typeof value !== 'object') {
    return;
  }
  yield value;
  for (const child of Object.values(value)) {
    yield* nodes(child);
  }
}

function* references(value) {
  for (const node of nodes(value)) {
    if (typeof node.$ref === 'string') {
      yield node.$ref;
    }
    for (const reference of Object.values(node.discriminator?.mapping ?? {})) {
      yield reference;
    }
  }
}
