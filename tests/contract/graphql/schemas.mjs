import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { root } from '../repository.mjs';
import { teachScalars } from './scalars.mjs';

const folder = mkdtempSync(join(tmpdir(), 'quality-ingest-schemas-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const files = {
  museum: join(root, 'tests', 'contract', 'graphql', 'museum.graphql'),
  product: join(root, 'api', 'GraphQL', 'schema.graphql'),
};

/** The schemas that documents are judged in: {name, text, schema, file}; the file holds the introspection, for our side. */
export const schemas = Object.entries(files).filter(([, path]) => existsSync(path)).map(([name, path]) => {
  const text = readFileSync(path, 'utf8').trimEnd();
  const schema = teachScalars(buildSchema(text));
  const file = join(folder, `${name}.json`);
  const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };
  writeFileSync(file, JSON.stringify(introspectionFromSchema(schema, everything)));
  return { name, text, schema, file };
});

/** The schema of a name. */
export const schemaOf = name => schemas.find(schema => schema.name === name);
