// What the schema says of itself, asked once a key is there.
const schema = { types: new Map(), query: null };

const typeParts = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const inputParts = `name description defaultValue type { ${typeParts} }`;
const introspection = `{ __schema { queryType { name } types {
  kind name description
  fields(includeDeprecated: true) { name description isDeprecated deprecationReason type { ${typeParts} } args { ${inputParts} } }
  inputFields { ${inputParts} }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { name }
} } }`;

function readSchema(data) {
  schema.types = new Map(data.__schema.types.map(type => [type.name, type]));
  schema.query = data.__schema.queryType.name;
}

const namedOf = type => (type.ofType ? namedOf(type.ofType) : type.name);

const written = type =>
  type.kind === 'NON_NULL' ? `${written(type.ofType)}!` : type.kind === 'LIST' ? `[${written(type.ofType)}]` : type.name;

const fieldOf = (typeName, name) => schema.types.get(typeName)?.fields?.find(field => field.name === name);
