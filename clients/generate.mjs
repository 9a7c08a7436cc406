// Generates both clients and the Postman collection from openapi.yaml: `node generate.mjs [directory]`, by default into the directories beside this file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { paging } from './paging.mjs';
import { postman } from './postman.mjs';
import { typescript as finished } from './typescript.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? here);
const work = mkdtempSync(join(tmpdir(), 'quality-ingest-clients-'));

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

// What the generator does not know of OpenAPI 3.1, said in words that it knows. The meaning stays.
function adapt(document) {
  for (const operation of Object.values(document.paths).flatMap(path => Object.values(path))) {
    adaptOperation(operation);
  }
  // Headers are named as code names things.
  for (const parameter of [...nodes(document.paths), ...nodes(document.components.parameters)].filter(node => node.in === 'header')) {
    parameter['x-originalName'] = camelCase(parameter.name);
  }
  // Messages to subscribers are no methods.
  delete document.webhooks;
  delete document.servers;
  delete document.components.responses;
  for (const schema of Object.values(document.components.schemas)) {
    if (schema.enum) {
      schema['x-enumNames'] = schema.enum.map(pascalCase);
    }
    if (schema.discriminator) {
      schema['x-abstract'] = true;
      schema.additionalProperties = false;
      const word = schema.properties[schema.discriminator.propertyName];
      delete word.enum;
      delete word.description;
    }
    if (schema.unevaluatedProperties === false) {
      delete schema.unevaluatedProperties;
      schema.allOf.at(-1).additionalProperties = false;
    }
  }
  return document;
}

// A client decides by a problem's code: to its methods every problem is the same answer. A stream of events is read as it comes.
function adaptOperation(operation) {
  for (const status of Object.keys(operation.responses).filter(status => /^[45]/.test(status))) {
    delete operation.responses[status];
  }
  for (const { content } of Object.values(operation.responses).filter(response => response.content)) {
    // Bytes, as the generator knows them.
    for (const type of Object.keys(content).filter(type => type === 'text/event-stream' || content[type].schema?.contentMediaType)) {
      content[type].schema = { type: 'string', format: 'binary' };
    }
    // Of several forms of an answer the clients ask for JSON.
    if (content['application/json']) {
      Object.keys(content).filter(type => type !== 'application/json').forEach(type => delete content[type]);
    }
  }
  operation.responses.default = { description: 'A problem.', content: problem };
}

function* nodes(value) {
  if (value !== null && typeof value === 'object') {
    yield value;
    for (const child of Object.values(value)) {
      yield* nodes(child);
    }
  }
}

function camelCase(word) {
  const name = pascalCase(word);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function pascalCase(word) {
  return word.split(/[^A-Za-z0-9]+/).map(part => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

function generate() {
  const csharp = join(target, 'csharp', 'Generated', 'QualityIngestClient.cs');
  const sequences = join(target, 'csharp', 'Generated', 'Paging.cs');
  const typescript = join(target, 'typescript', 'src', 'generated.ts');
  const settings = JSON.parse(readFileSync(join(here, 'nswag.json'), 'utf8'));
  const document = join(work, 'openapi.json');

  settings.documentGenerator.fromDocument.url = document;
  settings.codeGenerators.openApiToCSharpClient.output = csharp;
  settings.codeGenerators.openApiToTypeScriptClient.output = typescript;
  settings.codeGenerators.openApiToTypeScriptClient.templateDirectory = join(here, 'templates');
  const adapted = adapt(parse(readFileSync(join(here, '..', 'openapi.yaml'), 'utf8')));
  writeFileSync(document, JSON.stringify(adapted));
  writeFileSync(join(work, 'nswag.json'), JSON.stringify(settings));

  mkdirSync(dirname(csharp), { recursive: true });
  mkdirSync(dirname(typescript), { recursive: true });
  const nswag = join(here, 'node_modules', 'nswag', 'bin', 'binaries', 'Net100', 'dotnet-nswag.dll');
  execFileSync('dotnet', [nswag, 'run', join(work, 'nswag.json')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DOTNET_ROLL_FORWARD: 'LatestMajor' },
  });

  // The converters of enums in lists are the settings' (QualityIngestClient.Settings.cs); the generator's note about them goes.
  // Code that is compared must not depend on who wrote it, or with which editor it is touched.
  writeFileSync(sequences, paging(readFileSync(csharp, 'utf8')));
  writeFileSync(typescript, finished(readFileSync(typescript, 'utf8'), adapted));
  for (const file of [csharp, sequences, typescript]) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, '').replace(/^ *\/\/ TODO\(.*\n/gm, '').replace(/[ \t]+$/gm, '').trimEnd() + '\n');
  }
}

async function generatePostman() {
  const { collection, environment } = await postman(parse(readFileSync(join(here, '..', 'openapi.yaml'), 'utf8')));
  const folder = join(target, 'postman');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'quality-ingest.postman_collection.json'), `${JSON.stringify(collection, null, 2)}\n`);
  writeFileSync(join(folder, 'quality-ingest.postman_environment.json'), `${JSON.stringify(environment, null, 2)}\n`);
}

try {
  generate();
  await generatePostman();
} finally {
  rmSync(work, { recursive: true, force: true });
}
