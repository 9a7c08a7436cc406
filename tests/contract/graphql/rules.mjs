import { documents } from './rules/documents.mjs';
import { fields } from './rules/fields.mjs';
import { overlaps } from './rules/overlaps.mjs';
import { values } from './rules/values.mjs';
import { variables } from './rules/variables.mjs';

/**
 * For each rule documents that it accepts and such as it refuses. Which is which is not written here: the reference
 * implementation says.
 */
export const rules = { ...documents, ...fields, ...values, ...variables, ...overlaps };
