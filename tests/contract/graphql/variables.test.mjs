import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  getArgumentValues, getNullableType, GraphQLError, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredArgument, parse, validate, getVariableValues,
} from 'graphql';
import { random } from './random.mjs';
import { schemaOf, schemas } from './schemas.mjs';
import { verdicts } from './verdicts.mjs';

const id = '123e4567-e89b-12d3-a456-426614174000';

// For each type, values that are tried as a variable of it, given to an argument of it.
const tried = {
  Int: { int: [1, -1, 2147483647, 2147483648, -2147483648, -2147483649, 1.5, '1', true, null, [], [1], {}, 1e3] },
  Long: { long: [1, '1', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '01', '', ' 1', '1.0', 1.5, 2 ** 53, true, null, [1], {}, 'abc'] },
  Float: { float: [1, 1.5, -1e300, '1.5', true, null, [1], {}, 5e-324] },
  String: { text: ['', 'a', 'ä😀', '\ud83d\ude00', '"\\', 1, 1.5, true, null, ['a'], {}] },
  Boolean: { flag: [true, false, 0, 1, 'true', null, [true], {}] },
  ID: { id: ['', 'a', 1, -7, 123456789012, 1.5, true, null, ['a'], {}] },
  UUID: { uuid: [id, id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, ` ${id}`, id.slice(1), '', 1, null, [id], {}] },
  Decimal: { decimal: [1, 1.5, -0.25, '1.50', '1e3', '1e-5', '1e40', '12345678901234567890.12345678', '0.12345678901234567890123456789', 'a', '', '1,5', true, null, [1], {}] },
  DateTime: { time: ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.1234567+02:00', '2026-01-01T00:00:00', '2026-01-01', 'now', '', 0, null, true, [], {}, '0001-01-01T00:00:00+00:01', '2024-02-29T23:59:59.999999999-00:30'] },
  Date: { date: ['2026-01-01', '2026-02-29', '2024-02-29', '2026-1-1', '2026-01-01T00:00:00Z', '', 20260101, null, [], {}] },
  JSON: { json: [1, 'a', null, {}, [], true] },
  Material: { material: ['WOOD', 'PLASTER', 'wood', '', 1, true, null, ['WOOD'], {}] },
  '[Int]': { ints: [[], [1], [1, null], 1, null, ['1'], [[1]], {}, [1, 'a', 2.5, null, true]] },
  '[Int!]': { required: [[], [1], [1, null], [null], 1, null, ['1']] },
  '[[Float!]!]': { matrix: [[], [[]], [[1, 2], [3]], [1, 2], 1, [[1, null]], [null], null, [['a']], [[[1]]]] },
  Box: {
    box: [{ width: 1 }, {}, { width: null }, { width: 1, height: null }, { width: 1, height: 'a' }, { width: 1, depth: 1 }, { widht: 1 }, { width: 1, inner: { width: 2, inner: { width: 3, tags: 'a' } } },
      { width: 1, inner: { height: 2 } }, { width: 1, tags: null }, { width: 1, tags: [null] }, { width: 1, material: 'STONE', tags: [1] }, null, 1, 'a', [], [{ width: 1 }], { width: 1, toString: 1 }, { width: 1, '': 1, '\ud800': 2 }],
  },
  '[Box!]': { boxes: [[], [{ width: 1 }], { width: 1 }, [{ width: 1 }, {}], [null], null, [[{ width: 1 }]], {}] },
};

const written = [
  ['query Q($a: Int = 5) { try(int: $a) }', {}, { a: null }, { a: 1 }, { a: 'b' }, undefined, null],
  ['query Q($a: Int! = 5) { try(int: $a) }', {}, { a: null }, { a: 1 }],
  ['query Q($a: Int!) { try(int: $a) }', {}, { a: null }, { a: 1, b: 2 }, { b: 1 }],
  ['query Q($a: Int) { try(int: $a) }', {}, { a: null }],
  ['query Q($a: Int) { try(ints: [1, $a]) }', {}, { a: null }, { a: 2 }],
  ['query Q($a: Int = 1) { try(required: [1, $a]) }', {}],
  ['query Q($a: Float = 1) { try(box: {width: $a, height: $a}) }', {}, { a: null }, { a: 2 }],
  ['query Q($h: Float, $t: [String!], $i: Box) { try(box: {width: 1, height: $h, tags: $t, inner: $i}) }', {}, { h: null, t: null, i: null }, { h: 2, t: 'x', i: { width: 3 } }, { i: {} }],
  ['query Q($a: Box = {width: 1, inner: {width: 2}}) { try(boxes: [{width: 5, inner: $a}]) }', {}, { a: null }, { a: { width: 7, material: null } }],
  ['query Q($a: [Int!] = 5, $b: [[Float!]!] = 5) { try(required: $a, matrix: $b) }', {}, { a: 6, b: 7 }],
  ['query Q($m: Material) { need(int: 1, ints: 2, box: {width: 3}, material: $m) }', {}, { m: 'WOOD' }, { m: null }],
  ['query Q($m: Material = WOOD) { need(int: 1, ints: 2, box: {width: 3}, material: $m) }', {}, { m: 'BRONZE' }, { m: null }],
  ['{ old }', {}],
  ['{ old(c: null, e: "8", a: 2) }', {}],
  ['query Q($f: PaintingFilter, $o: [PaintingOrder!]) { paintings(filter: $f, orderBy: $o) { totalCount } }', {}, { o: [] }, { o: {} }, { o: [{ by: 'PAINTED' }, { direction: 'DESC' }] }, { o: [{ by: null }] },
    { f: { and: [{ or: { name: { in: 'a' } } }, { not: { material: { in: ['WOOD', 'BRONZE'] } } }], search: 'x' } }, { f: { and: [{ nam: 1, not: { nicht: {} } }] } }, { f: { legacy: null } }],
  ['query Q($a: Date!, $d: [Int!]! = [3]) { visits(from: "2026-01-01T00:00:00+02:00", period: {from: $a, to: "2026-01-02", days: $d}) { count } }', { a: '2026-01-01' }, { a: '2026-01-01', d: 4 }, { a: '2026-01-01', d: null }, { a: '2026-01-01', d: [null] }, {}],
  ['query Q($a: String = "b") { opening(on: "2026-01-01", zone: $a) }', {}, { a: null }, { a: 'UTC' }],
  ['query Q($x: Boolean = true) { hidden @skip(if: $x) }', {}, { x: false }, { x: 'no' }],
];

function requestsOfMuseum() {
  const ofTypes = Object.entries(tried).flatMap(([type, given]) => Object.entries(given).flatMap(([argument, values]) =>
    values.map(value => ({ document: `query Q($a: ${type}) { try(${argument}: $a) }`, variables: { a: value } }))));
  return [...ofTypes, ...written.flatMap(([document, ...given]) => given.map(variables => ({ document, variables })))];
}

// Documents that give one argument of a field of the query type, and those that are required, values of which some are wrong.
function generated(schema, count, seed) {
  const below = random(seed);
  const fields = Object.values(schema.getQueryType().getFields()).flatMap(field => field.args.map(arg => ({ field, arg })));
  const odd = [null, 1, 1.5, -3, '', 'a', 'WOOD', true, [], {}, [null], { and: [] }, '2026-01-01', '2026-01-01T00:00:00Z', id];
  const value = (type, depth) => {
    if (below(25) === 0) {
      return odd[below(odd.length)];
    }
    if (!isNonNullType(type) && below(12) === 0) {
      return null;
    }
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      return below(6) === 0 ? value(nullable.ofType, depth + 1) : Array.from({ length: below(4) }, () => value(nullable.ofType, depth + 1));
    }
    if (isEnumType(nullable)) {
      return nullable.getValues()[below(nullable.getValues().length)].name;
    }
    if (isInputObjectType(nullable)) {
      const members = Object.values(nullable.getFields()).filter(f => isNonNullType(f.type) || (depth < 5 && below(3) === 0));
      return Object.fromEntries([...members.map(f => [f.name, value(f.type, depth + 1)]), ...(below(40) === 0 ? [['nothing', 1]] : [])]);
    }
    const samples = {
      Int: [0, 7, -5], Long: [1, '9007199254740993'], Float: [1, 2.5], String: ['', 'b'], Boolean: [true, false], ID: ['x', 9], UUID: [id], Decimal: ['1.25', 2], DateTime: ['2026-03-29T01:30:00Z'], Date: ['2026-03-29'], JSON: [null],
    }[nullable.name];
    return samples[below(samples.length)];
  };
  return Array.from({ length: count }, () => {
    const { field, arg } = fields[below(fields.length)];
    const given = field.args.filter(other => other === arg || isRequiredArgument(other));
    return {
      document: `query Q(${given.map(a => `$${a.name}: ${a.type}`)}) { ${field.name}(${given.map(a => `${a.name}: $${a.name}`)}) }`,
      variables: Object.fromEntries(given.map(a => [a.name, value(a.type, 0)])),
    };
  });
}

function theirs(schema, { document, variables }) {
  const [operation] = parse(document).definitions;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions, variables ?? {});
  if (errors) {
    return undefined;
  }
  const field = operation.selectionSet.selections[0];
  const definition = schema.getQueryType().getFields()[field.name.value];
  try {
    return plain({ variables: coerced, arguments: getArgumentValues(definition, field, coerced) });
  } catch (error) {
    if (error instanceof GraphQLError) {
      return undefined;
    }
    throw error;
  }
}

// Without prototypes.
const plain = value => JSON.parse(JSON.stringify(value));

function agree({ schema, file }, requests) {
  const answers = verdicts('variables', requests, file);
  let taken = 0;
  requests.forEach((request, i) => {
    const expected = theirs(schema, request);
    const { errors, ...values } = answers[i];
    const told = `${JSON.stringify(request)}\nours:   ${JSON.stringify(answers[i])}\ntheirs: ${JSON.stringify(expected)}`;
    if (expected === undefined) {
      assert.ok(errors?.length > 0 && errors.every(error => error.code === 'BAD_USER_INPUT'), told);
    } else {
      assert.equal(errors, undefined, told);
      assert.deepEqual(values, expected, told);
      taken++;
    }
  });
  return taken;
}

test('variables and arguments take the values that they take in the reference implementation', () => {
  const requests = requestsOfMuseum();
  const museum = schemaOf('museum');
  for (const { document } of requests) {
    assert.deepEqual(validate(museum.schema, parse(document)), [], document);
  }
  agree(museum, requests);
});

for (const schema of schemas) {
  test(`generated values are taken or refused as by the reference implementation in the schema of ${schema.name}`, () => {
    const requests = generated(schema.schema, 1500, 3);
    const taken = agree(schema, requests);
    assert.ok(taken > 300 && taken < requests.length - 100, `${taken} of ${requests.length} are taken`);
  });
}
