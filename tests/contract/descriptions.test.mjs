import assert from 'node:assert/strict';
import { test } from 'node:test';
import { document, operations } from './repository.mjs';

const api = document();
const schemas = Object.entries(api.components.schemas);

// What others call so, and not the code.
const proper = ['OpenAPI', 'QualityIngest', 'EventBridge', 'PostgreSQL', 'JavaScript', 'AssumeRole', 'KiB', 'MiB'];

test('every schema and every member of it says what it is', () => {
  const bare = schemas.flatMap(([name, schema]) => [
    ...(isSaid(schema.description) ? [] : [name]),
    ...members(schema).filter(([, of]) => !isSaid(of.description)).map(([member]) => `${name}.${member}`),
  ]);
  assert.deepEqual(bare, []);
});

test('every operation says what it does, and of every parameter and body what it is', () => {
  const bare = operations(api).flatMap(([name, operation]) => [
    ...(isSaid(operation.summary) && isSaid(operation.description) ? [] : [name]),
    ...(operation.parameters ?? []).filter(parameter => !isSaid(parameter.description)).map(parameter => `${name} ${parameter.name}`),
    ...(operation.requestBody === undefined || isSaid(operation.requestBody.description) ? [] : [`${name} body`]),
  ]);
  assert.deepEqual(bare, []);
});

test('every message says what it tells, and of every header what it is', () => {
  for (const [name, { post }] of Object.entries(api.webhooks)) {
    assert.ok(isSaid(post.summary) && isSaid(post.description), name);
    assert.deepEqual(post.parameters.filter(parameter => !isSaid(parameter.description)).map(parameter => parameter.name), [], name);
  }
});

// Wrapped lines, names of types and members of the code: what stands in it is for those who write it.
test('no description is in the words of the code', () => {
  const foreign = [...texts(api, '')].flatMap(([at, text]) => {
    const words = text.replace(/`[^`]*`/g, '').match(/\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]\w+\.[A-Z]\w+/g) ?? [];
    const wrapped = /[^\n]\n(?![\n-])/.test(text) && at !== '/info/description';
    return wrapped || words.some(word => !proper.includes(word)) ? [`${at}: ${text}`] : [];
  });
  assert.deepEqual(foreign, []);
});

function isSaid(description) {
  return (description ?? '').split(/\s+/).filter(word => word !== '').length > 2;
}

function members(schema) {
  return [schema, ...(schema.allOf ?? [])].flatMap(part => Object.entries(part.properties ?? {}));
}

function* texts(value, at) {
  if (value === null || typeof value !== 'object') {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (['description', 'summary'].includes(key) && typeof child === 'string') {
      yield [`${at}/${key}`, child];
    } else if (!['example', 'examples'].includes(key)) {
      yield* texts(child, `${at}/${key}`);
    }
  }
}
