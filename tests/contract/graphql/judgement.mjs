import { parse, specifiedRules, validate } from 'graphql';
import { place } from './reference.mjs';

// This rule says the same of pairs of fields in another order, and of the fields around them: only whether it speaks is compared.
const overlapping = 'OverlappingFieldsCanBeMerged';

const unplaced = rule => (rule === overlapping ? [rule] : undefined);

/** What the reference implementation refuses: the rules with the places that they blame, in order; empty: nothing. */
export function theirs(schema, text) {
  const document = parse(text);
  const blamed = specifiedRules.flatMap(check => {
    const rule = check.name.replace(/Rule$/, '');
    return validate(schema, document, [check], { maxErrors: 1000 }).map(error =>
      unplaced(rule)?.[0] ?? `${rule} ${(error.locations ?? []).map(place).join(' ')}`);
  });
  return distinct(blamed);
}

/** The same of our answer. */
export function ours({ errors }) {
  return distinct(errors.map(({ code, rule, locations }) => unplaced(rule)?.[0] ?? `${rule ?? code} ${locations.join(' ')}`));
}

// Arguments of a directive that it does not know the reference implementation takes for those of the field around it, and so
// blames them further; one error is enough there.
function distinct(blamed) {
  const unknown = blamed.some(b => b.startsWith('KnownDirectives'));
  const kept = blamed.filter(b => !unknown || !/^(ValuesOfCorrectType|VariablesInAllowedPosition) /.test(b));
  return [...new Set(kept)].sort();
}
