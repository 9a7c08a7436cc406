import { Kind } from 'graphql';

// A second reading of what core/GraphQL takes for its scalars, written for itself: the reference implementation has none of them.
const whole = /^-?(0|[1-9]\d*)$/;

const date = text => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts[0] === 0) {
    return undefined;
  }
  const day = new Date(0);
  day.setUTCFullYear(parts[0], parts[1] - 1, parts[2]);
  return day.getUTCMonth() === parts[1] - 1 && day.getUTCDate() === parts[2] ? text : undefined;
};

const time = text => {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/.exec(text);
  if (!parts || date(parts[1]) === undefined) {
    return undefined;
  }
  const [, day, hours, minutes, seconds = '0', fraction = '', sign = '+', zoneHours = '0', zoneMinutes = '0'] = parts;
  if (hours > 23 || minutes > 59 || seconds > 59 || zoneHours > 23 || zoneMinutes > 59) {
    return undefined;
  }
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  const at = new Date(Date.parse(`${day}T${hours}:${minutes}:${seconds.padStart(2, '0')}Z`) - offset * 60_000);
  return at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999
    ? at.toISOString().replace(/\.\d+Z/, `.${fraction.padEnd(6, '0').slice(0, 6)}Z`)
    : undefined;
};

const long = text => (whole.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? String(BigInt(text)) : undefined);

// 28 digits are kept, before and behind the point together, zeros at either end aside.
const decimal = text => {
  const parts = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!parts) {
    return undefined;
  }
  const [, sign, before, behind = '', exponent = '0'] = parts;
  const digits = (before + behind).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  const scale = behind.length - Number(exponent) - (digits.length - kept.length);
  if (kept === '') {
    return '0';
  }
  if (kept.length > 28 || scale > 28 || kept.length - scale > 28) {
    return undefined;
  }
  const padded = scale > 0 ? kept.padStart(scale + 1, '0') : kept + '0'.repeat(-scale);
  return sign + (scale > 0 ? `${padded.slice(0, -scale)}.${padded.slice(-scale)}` : padded);
};

const uuid = text => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined);

const forms = {
  Long: { text: long, number: long },
  UUID: { text: uuid },
  Decimal: { text: decimal, number: decimal },
  DateTime: { text: time },
  Date: { text: date },
  JSON: {},
};

/** Lets a schema's scalars take what they are documented to take, and nothing else. */
export function teachScalars(schema) {
  for (const [name, { text, number }] of Object.entries(forms)) {
    const scalar = schema.getType(name);
    if (!scalar) {
      continue;
    }
    scalar.parseLiteral = node => {
      const read = node.kind === Kind.STRING ? text : node.kind === Kind.INT || (node.kind === Kind.FLOAT && name === 'Decimal') ? number : undefined;
      return refuse(name, read?.(node.value));
    };
    scalar.parseValue = value => {
      const read = typeof value === 'string' ? text : typeof value === 'number' ? number : undefined;
      return refuse(name, read?.(String(value)));
    };
  }
  return schema;
}

function refuse(name, value) {
  if (value === undefined) {
    throw new TypeError(`${name} is written otherwise.`);
  }
  return value;
}
