import { getNamedType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import { deepValue } from './memory/columns.mjs';

const searches = {
  search: ['refund', 'hello', 'thank you', 'nothing'],
  attribute: ['user.plan=gold', 'list=x', 'user.n=6', 'user.plan=lead'],
};

/** A filter of a type, composed to a depth, as JSON. */
export function comparison(questions, input, type, depth) {
  const fields = input.getFields();
  const composed = depth > 0 && fields.not ? [fields.or, fields.or, fields.or, fields.or, fields.not, fields.not, fields.not, fields.and, fields.and] : [];
  const plain = Object.values(fields).filter(({ name }) => !['and', 'or', 'not'].includes(name));
  const members = questions.some([...plain, ...composed], questions.once(3) ? 2 : 1);
  return Object.fromEntries(members.map(one => [one.name, member(questions, one, type, depth)]));
}

function member(questions, { name, type: input }, type, depth) {
  if (searches[name]) return questions.pick(searches[name]);
  if (name === 'not') return comparison(questions, input, type, depth - 1);
  if (isListType(input)) {
    return questions.times(questions.once(8) ? 0 : 1 + questions.below(3), () => comparison(questions, getNamedType(input), type, depth - 1));
  }
  const related = name === 'id' ? undefined : type.getFields()[name] && getNamedType(type.getFields()[name].type);
  return isObjectType(related) ? comparison(questions, input, related, 0) : operators(questions, input, type, name);
}

function operators(questions, input, type, name) {
  const rows = questions.memory.rows(type);
  const value = () => (name === 'id' ? questions.someId(type) : deepValue(type, name, questions.pick(rows), questions.memory.data));
  return Object.fromEntries(questions.some(Object.values(input.getFields()), questions.once(4) ? 2 : 1).map(({ name: operator, type: operand }) => {
    if (operator === 'isNull') return [operator, questions.once(2)];
    if (operator === 'prefix') return [operator, questions.pick(['in', 'in/', 'in_', 'in%', 'feed', ''])];
    return [operator, isListType(operand) ? questions.times(questions.below(4), value).filter(each => each !== null) : value()];
  }));
}

/** A value as a literal of its type. */
export function print(value, type) {
  if (value === null) return 'null';
  if (isNonNullType(type)) return print(value, type.ofType);
  if (Array.isArray(value)) return `[${value.map(item => print(item, type.ofType)).join(', ')}]`;
  if (isEnumType(type)) return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(([name, inner]) => `${name}: ${print(inner, type.getFields()[name].type)}`).join(', ')}}`;
}
