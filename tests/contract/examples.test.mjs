import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers as resolved, document, operations } from './repository.mjs';
import { faults, pointer } from './schemas.mjs';

const api = document();

// [what it is, where its schema is, example]
function* examples() {
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const at = pointer('paths', path, method);
      for (const [type, body] of Object.entries(operation.requestBody?.content ?? {})) {
        yield [`the body of ${operation.operationId}`, at + pointer('requestBody', 'content', type, 'schema'), body.example];
      }
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        if (parameter.required) {
          yield [`${parameter.name} of ${operation.operationId}`, at + pointer('parameters', index, 'schema'), parameter.example];
        }
      }
      for (const [status, answer] of Object.entries(operation.responses)) {
        yield* answers(`${operation.operationId} ${status}`, at + pointer('responses', status), answer);
      }
    }
  }
  for (const [type, { post }] of Object.entries(api.webhooks)) {
    const at = pointer('webhooks', type, 'post', 'requestBody', 'content', 'application/json', 'schema');
    yield [`the message ${type}`, at, post.requestBody.content['application/json'].example];
  }
  for (const [name, answer] of Object.entries(api.components.responses)) {
    yield* answers(name, pointer('components', 'responses', name), answer);
  }
}

function* answers(name, at, answer) {
  for (const [type, body] of Object.entries(answer.content ?? {}).filter(([, body]) => body.example !== undefined)) {
    yield [`the answer ${name}`, at + pointer('content', type, 'schema'), body.example];
  }
}

test('every body of a request or a webhook, and every parameter that a request must have, has an example', () => {
  assert.deepEqual([...examples()].filter(([, , example]) => example === undefined).map(([name]) => name), []);
});

test('every answer in JSON has an example, of success and of every problem', () => {
  const bare = operations(api).flatMap(([, operation]) => resolved(api, operation).flatMap(([status, answer]) =>
    Object.entries(answer.content ?? {})
      .filter(([type, body]) => /[/+]json$/.test(type) && body.example === undefined)
      .map(() => `${operation.operationId} ${status}`)));
  assert.deepEqual(bare, []);
});

test('the example of a problem is one of those that come with its status', () => {
  for (const [, operation] of operations(api)) {
    for (const [status, answer] of resolved(api, operation).filter(([status]) => /^[45]/.test(status))) {
      const { example } = answer.content['application/problem+json'];
      assert.equal(String(example.status), status, operation.operationId);
      assert.ok(answer['x-problem-types'].includes(example.type), `${operation.operationId} ${status} ${example.type}`);
    }
  }
});

test('every example is what its schema says', () => {
  for (const [name, schema, example] of examples()) {
    if (example !== undefined) {
      assert.deepEqual(faults(schema, example), [], `${name}: ${JSON.stringify(example)}`);
    }
  }
});

test('every schema can be compiled', () => {
  for (const name of Object.keys(api.components.schemas)) {
    faults(pointer('components', 'schemas', name), null);
  }
  for (const name of Object.keys(api.webhooks)) {
    faults(pointer('webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema'), null);
  }
});
