// What the generator's TypeScript lacks: unions that the compiler tells apart by their discriminator, and a steady layout.

/** The text of generated.ts, from what the generator wrote and the document that it read. */
export function typescript(text, document) {
  return layout(unions(text, document.components.schemas));
}

// A base becomes the union of its members, and each member says which word it has.
function unions(text, schemas) {
  for (const [name, { discriminator }] of Object.entries(schemas).filter(([, schema]) => schema.discriminator)) {
    const members = Object.entries(discriminator.mapping).map(([word, reference]) => [word, reference.split('/').at(-1)]);
    text = replace(text, `export interface ${name} {\n    ${discriminator.propertyName}: string;\n}`, `export type ${name} = ${members.map(([, member]) => member).join(' | ')};`);
    for (const [word, member] of members) {
      text = replace(text, `export interface ${member} extends ${name} {`, `export interface ${member} {\n    ${discriminator.propertyName}: '${word}';`);
    }
  }
  return text;
}

function replace(text, what, by) {
  if (!text.includes(what)) {
    throw new Error(`The generator did not write: ${what}`);
  }
  return text.replace(what, by);
}

function layout(text) {
  return text
    .replace(/\s*\n(?=\n)/g, '')
    .replace(/^ *(values|query|headers): \{ \},\n/gm, '')
    .replace(/\{ ('.*),\s*\}/g, '{ $1 }')
    .replace(/\(\n(?=\w)/g, '(')
    .replace(/\n = \{\}/g, ' = {}')
    .replace(/\n & \{/g, ' & {')
    .replace(/(?<=[;}])\n(?=\/\*\*|export|import)/g, '\n\n')
    .replace(/\n(?= {4}\/\*\*\n)/g, '\n\n');
}
