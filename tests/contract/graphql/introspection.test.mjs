import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildClientSchema, execute, getIntrospectionQuery, parse, printSchema, validate,
} from 'graphql';
import { schemas } from './schemas.mjs';
import { run, verdicts } from './verdicts.mjs';

const options = ['descriptions', 'specifiedByUrl', 'directiveIsRepeatable', 'schemaDescription', 'inputValueDeprecation', 'experimentalDirectiveDeprecation', 'oneOf'];
const all = Object.fromEntries(options.map(option => [option, true]));
const queries = [{}, all, { typeDepth: 3 }, ...options.map(option => ({ ...all, [option]: false })), ...options.map(option => ({ descriptions: false, [option]: true }))]
  .map(chosen => ({ document: getIntrospectionQuery(chosen) }));

const selections = [
  '{ __typename }',
  '{ a: __typename b: __typename }',
  '{ __schema { __typename queryType { name kind __typename } mutationType { name } subscriptionType { name } } }',
  '{ __schema { description types { n: name k: kind } } }',
  '{ __schema { types { name } } __schema { types { kind } queryType { name } } s: __schema { directives { name } } }',
  '{ a: __type(name: "Query") { name } b: __type(name: "Nothing") { name } c: __type(name: "String") { name kind ofType { name } fields { name } } }',
  '{ __type(name: "__Type") { fields { name type { kind ofType { name kind ofType { kind name } } } args { name defaultValue type { name } } } } }',
  '{ __type(name: "__Schema") { fields { name args(includeDeprecated: true) { name defaultValue isDeprecated } } } }',
  '{ __type(name: "__TypeKind") { enumValues { name isDeprecated deprecationReason } } d: __type(name: "__DirectiveLocation") { enumValues { name } } }',
  'query ($d: Boolean) { __schema { types { name fields(includeDeprecated: $d) { name isDeprecated } enumValues(includeDeprecated: $d) { name } inputFields(includeDeprecated: $d) { name } } } }',
  'query ($d: Boolean! = true) { __schema { types { name fields { name args(includeDeprecated: $d) { name } } } directives(includeDeprecated: $d) { name args(includeDeprecated: $d) { name } } } }',
  'query ($name: String!) { __type(name: $name) { name interfaces { name } possibleTypes { name } specifiedByURL isOneOf description } }',
  'query ($y: Boolean!, $n: Boolean!) { __schema { a: queryType @skip(if: $y) { name } b: queryType @include(if: $y) { name } ... @include(if: $n) { description } ...F @skip(if: $n) types @include(if: $n) { name } } } fragment F on __Schema { queryType { ...T @include(if: $y) kind } } fragment T on __Type { name }',
  '{ __schema { ...F ...G ...F } } fragment F on __Schema { queryType { ...T } } fragment G on __Schema { queryType { kind ...T fields { name } } } fragment T on __Type { description fields { description ... on __Field { type { name } } } }',
  '{ __schema { types { ... on __Type { ... { name } } ... on __Type @skip(if: true) { kind } } } }',
  '{ __schema { directives { name description isRepeatable locations args { name description defaultValue type { kind name ofType { name } } isDeprecated deprecationReason } isDeprecated deprecationReason } } }',
];
const variables = [
  { d: true, name: 'Node', y: true, n: false }, { d: false, name: 'JSON', y: false, n: true }, { d: true, name: 'Nothing', y: true, n: true }, { name: 'Painting', y: false, n: false },
];

// What the language itself brings is described by everybody in words of their own; types stand in any order.
function comparable(answer) {
  const foreign = /^(__|Int$|Float$|String$|Boolean$|ID$|include$|skip$|deprecated$|specifiedBy$|oneOf$)/;
  const text = JSON.stringify(answer, (key, value) => {
    if (value && typeof value === 'object' && foreign.test(value.name ?? value.n)) {
      return forget(value);
    }
    return key === 'types' && Array.isArray(value) ? [...value].sort((a, b) => ((a.name ?? a.n) < (b.name ?? b.n) ? -1 : 1)) : value;
  });
  return text;
}

function forget(value) {
  if (Array.isArray(value)) {
    return value.map(forget);
  }
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, key === 'description' ? null : forget(member)]))
    : value;
}

for (const { name, schema, file, text } of schemas) {
  const requests = [...queries, ...selections.flatMap(document => variables.map(values => ({ document, variables: values })))];

  test(`the schema of ${name} tells of itself what the reference implementation tells of it`, () => {
    const answers = verdicts('introspect', requests, file);
    requests.forEach(({ document, variables: values }, i) => {
      const parsed = parse(document);
      assert.deepEqual(validate(schema, parsed), [], document);
      const { data, errors } = execute({ schema, document: parsed, variableValues: values });
      assert.equal(errors, undefined, `${document} ${errors}`);
      assert.deepEqual(answers[i].errors, []);
      if (comparable(answers[i].data) !== comparable(data)) {
        assert.deepEqual(JSON.parse(comparable(answers[i].data)), JSON.parse(comparable(data)), document);
        assert.fail(`The keys of ${document} stand in another order.`);
      }
    });
  });

  test(`the schema of ${name} is printed as the reference implementation prints what it builds from its introspection`, () => {
    const [{ data }] = verdicts('introspect', [getIntrospectionQuery(all)], file);
    const printed = printSchema(buildClientSchema(data));
    assert.equal(printed, printSchema(schema));
    assert.equal(run('print', [file]), printed);
    if (name === 'product') {
      assert.equal(printed, text);
    }
  });
}

