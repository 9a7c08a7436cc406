import { getLocation, isTypeSystemDefinitionNode, isTypeSystemExtensionNode, parse, Source } from 'graphql';

/** A place as the verdicts write it. */
export const place = ({ line, column }) => `${line}:${column}`;

/**
 * What the reference implementation says of a text: {document} or {at}. A document that defines types is one for it; for us
 * it is refused where the first such definition begins.
 */
export function syntax(text) {
  const source = new Source(text);
  let document;
  try {
    document = parse(source);
  } catch (error) {
    return { at: place(error.locations[0]) };
  }
  const foreign = document.definitions.find(node => isTypeSystemDefinitionNode(node) || isTypeSystemExtensionNode(node));
  return foreign ? { at: place(getLocation(source, foreign.loc.start)) } : { document: compact(source, document) };
}

// Nodes with their places instead of their tokens; descriptions are dropped, as we drop them.
function compact(source, node) {
  if (Array.isArray(node)) {
    return node.map(item => compact(source, item));
  }
  if (typeof node?.kind !== 'string') {
    return node;
  }
  const { kind, loc, description, ...parts } = node;
  const written = Object.entries(parts).filter(([, part]) => part !== undefined).map(([name, part]) => [name, compact(source, part)]);
  return { kind, at: place(getLocation(source, loc.start)), ...Object.fromEntries(written) };
}
