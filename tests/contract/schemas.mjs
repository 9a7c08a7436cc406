import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { document } from './repository.mjs';

// What OpenAPI adds to JSON Schema says nothing about values here; numbers of 64 bits are beyond what JavaScript can tell apart.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
for (const format of ['decimal', 'binary', 'uint8', 'int32', 'int64', 'double', 'float']) {
  ajv.addFormat(format, true);
}
ajv.addSchema(document(), 'openapi.yaml');

const compiled = new Map();

/** What is wrong with a value by the schema at a JSON pointer into openapi.yaml; empty: nothing. */
export function faults(pointer, value) {
  if (!compiled.has(pointer)) {
    compiled.set(pointer, ajv.compile({ $ref: `openapi.yaml#${pointer.split('/').map(encodeURIComponent).join('/')}` }));
  }
  const validate = compiled.get(pointer);
  return validate(value) ? [] : validate.errors.map(error => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

/** The parts of a JSON pointer, joined. */
export function pointer(...parts) {
  return parts.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
