// Makes a Postman collection and its environment of openapi.yaml, in an order in which it can be run from top to bottom.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const converter = createRequire(import.meta.url)('openapi-to-postmanv2');

// Left out, each for a reason.
const excluded = new Map([
  ['streamEvents', 'its answer does not end, and a runner waits for the end of every answer'],
]);

// What is found where: the variable that a request's answer fills, where the path does not say it.
const found = new Map([['testWebhookEndpoint', 'deliveryId']]);

const folders = ['Admin', 'Queues', 'Agents', 'Connectors', 'Scans', 'Formats', 'Webhooks'];
const removal = 'Removal';

/** {collection, environment} of a document; the same document gives the same of both. */
export async function postman(document) {
  const operations = new Map(describe(document).map(operation => [operation.key, operation]));
  const { item: converted, info } = await convert(withoutAnswers(document));
  const items = converted.flatMap(folder => folder.item.map(item => [operations.get(keyOf(item.request)), item]))
    .filter(([operation]) => !excluded.has(operation.id))
    .map(([operation, item]) => [operation, request(operation, item)]);

  const names = [...new Set([...folders, ...[...operations.values()].map(operation => operation.tag)]), removal];
  const collection = {
    info: { _postman_id: id('QualityIngest'), name: 'QualityIngest', description: info.description.content, schema: info.schema },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}', type: 'string' }] },
    item: names.map(name => ({
      name,
      id: id(name),
      ...(name === 'Admin' ? { auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{adminKey}}', type: 'string' }] } } : {}),
      item: items.filter(([operation]) => operation.folder === name).sort(([a], [b]) => a.rank - b.rank).map(([, item]) => item),
    })).filter(folder => folder.item.length > 0),
  };
  const variables = new Set([...operations.values()].flatMap(operation => operation.variables));
  const environment = {
    id: id('environment'),
    name: 'QualityIngest',
    values: [
      { key: 'baseUrl', value: 'http://127.0.0.1:8080', type: 'default', enabled: true },
      { key: 'apiKey', value: '', type: 'secret', enabled: true },
      { key: 'adminKey', value: '', type: 'secret', enabled: true },
      ...[...variables].sort().map(key => ({ key, value: '00000000-0000-0000-0000-000000000000', type: 'default', enabled: true })),
    ],
    _postman_variable_scope: 'environment',
  };
  return { collection, environment };
}

function describe(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => {
    const created = method === 'post' && operation.responses['201'] !== undefined;
    const whole = path.endsWith('}');
    const ids = [...path.matchAll(/([a-z-]+)\/\{id\}/g)].map(match => variable(match[1]));
    return {
      id: operation.operationId,
      key: `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      tag: operation.tags[0],
      folder: method === 'delete' && whole ? removal : operation.tags[0],
      rank: rank(path, method, created),
      statuses: Object.keys(operation.responses).map(Number).filter(status => status !== 500),
      variables: ids,
      tag_of: whole && ids.length > 0 ? ids.at(-1).replace(/Id$/, 'ETag') : undefined,
      fills: found.get(operation.operationId) ?? (created && !whole ? variable(path.split('/').at(-1)) : undefined),
      required: new Set((operation.parameters ?? []).filter(parameter => parameter.required).map(parameter => parameter.name)),
    };
  }));
}

// Made, listed, read, replaced; whatever else it can, with what ends it last. What is disabled is enabled again.
function rank(path, method, created) {
  const whole = path.endsWith('}');
  return created ? 1
    : method === 'get' && !path.includes('{') ? 2
    : method === 'get' && whole ? 3
    : method === 'put' && whole ? 4
    : path.endsWith('/disable') ? 5
    : method === 'delete' ? 7
    : 6;
}

// queues → queueId, call-records → callRecordId, deliveries → deliveryId
function variable(plural) {
  const singular = plural.replace(/ies$/, 'y').replace(/ches$/, 'ch').replace(/s$/, '');
  return `${singular.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}Id`;
}

// The converter would write an invented answer to every request.
function withoutAnswers(document) {
  const copy = structuredClone(document);
  delete copy.webhooks;
  for (const operation of Object.values(copy.paths).flatMap(path => Object.values(path))) {
    operation.responses = { 200: { description: 'OK' } };
  }
  return copy;
}

function convert(document) {
  const options = { folderStrategy: 'Tags', requestParametersResolution: 'Example', parametersResolution: 'Example', stackLimit: 50 };
  return new Promise((resolve, reject) => converter.convertV2({ type: 'json', data: document }, options, (error, { result, reason, output }) =>
    error || !result ? reject(error ?? new Error(reason)) : resolve(output[0].data)));
}

function keyOf(request) {
  return `${request.method.toLowerCase()} /${request.url.path.join('/')}`;
}

function request(operation, { name, request }) {
  const { url, header, method, body, description } = request;
  return {
    id: id(operation.id),
    name: operation.id,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: script(operation) } }],
    request: {
      method,
      description: `${name} ${description?.content ?? ''}`.trim(),
      header: (header ?? []).map(({ key, value }) => ({ key, value: valueOf(operation, key, value), ...optional(operation, key) })),
      url: {
        raw: `{{baseUrl}}/${url.path.join('/')}`,
        host: ['{{baseUrl}}'],
        path: url.path,
        query: (url.query ?? []).map(({ key, value }) => ({ key, value: operation.required.has(key) ? value : '', ...optional(operation, key) })),
        variable: (url.variable ?? []).map(({ key, value }) => ({ key, value: key === 'id' ? `{{${operation.variables[0]}}}` : value })),
      },
      ...(body === undefined ? {} : { body }),
    },
    response: [],
  };
}

function optional(operation, key) {
  return operation.required.has(key) || ['Accept', 'Content-Type'].includes(key) ? {} : { disabled: true };
}

// A replacement names the version that was read; anything else takes what there is.
function valueOf(operation, key, value) {
  if (optional(operation, key).disabled) {
    return '';
  }
  return key !== 'If-Match' ? value : operation.rank === 4 && operation.tag_of ? `{{${operation.tag_of}}}` : '*';
}

function script(operation) {
  return [
    `pm.test('The document lists the status', () => pm.expect(${JSON.stringify(operation.statuses)}).to.include(pm.response.code));`,
    ...(operation.fills === undefined ? [] : [
      'if (pm.response.code < 300) {',
      '    const made = pm.response.json();',
      `    pm.environment.set('${operation.fills}', (made.endpoint ?? made.key ?? made).id);`,
      '}',
    ]),
    ...(operation.tag_of === undefined ? [] : [
      'if (pm.response.headers.has(\'ETag\')) {',
      `    pm.environment.set('${operation.tag_of}', pm.response.headers.get('ETag'));`,
      '}',
    ]),
  ];
}

// An id that a name always gets, as a UUID.
function id(name) {
  return createHash('sha256').update(name).digest('hex').slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
