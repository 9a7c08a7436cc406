import { structure } from './documents/structure.mjs';
import { tokens } from './documents/tokens.mjs';

export { wholes } from './documents/wholes.mjs';

/** Texts by what they are about. */
export const documents = { ...structure, ...tokens };
