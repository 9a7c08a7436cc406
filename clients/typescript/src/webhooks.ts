import type { EventMessage } from './generated.js';

/** How messages are verified. */
export interface VerifyOptions {
  /** How many seconds a message's time may be off, either way. 300 by default. */
  tolerance?: number;
  /** The time to compare with, in seconds since 1970; the clock's by default. */
  now?: number;
}

/** A message to a webhook endpoint is not genuine. Answer 400 or 401. */
export class WebhookSignatureError extends Error {
  override readonly name = 'WebhookSignatureError';
}

type HeaderSource = Headers | Record<string, string | string[] | undefined>;

/**
 * Gives a genuine message and throws for any other: signed with the endpoint's secret, and sent just now, as Standard Webhooks 1.0
 * has it. A message may come twice: remember the ids of those that are dealt with.
 * @param headers The request's headers: a `Headers`, or Node's `request.headers`.
 * @param body The body exactly as it came, before anything parsed it.
 * @param secrets The endpoint's secrets, `whsec_…`: one, or two while one replaces the other.
 * @throws {WebhookSignatureError} The message is not genuine, or is too old or too new.
 */
export async function verifyWebhook(
  headers: HeaderSource, body: string | Uint8Array, secrets: string | readonly string[], options: VerifyOptions = {},
): Promise<EventMessage> {
  const keys = await Promise.all((typeof secrets === 'string' ? [secrets] : secrets).map(key));
  if (keys.length === 0) {
    throw new TypeError('At least one secret is needed.');
  }
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => header(headers, name));
  if (!id || !timestamp || !signatures) {
    throw new WebhookSignatureError('The headers webhook-id, webhook-timestamp and webhook-signature are needed.');
  }
  if (!/^\d{1,15}$/.test(timestamp)) {
    throw new WebhookSignatureError('The timestamp is no number of seconds.');
  }
  if (Math.abs((options.now ?? Math.floor(Date.now() / 1000)) - Number(timestamp)) > (options.tolerance ?? 300)) {
    throw new WebhookSignatureError('The message was sent too long ago, or its clock is ahead.');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (!await isSigned(join(`${id}.${timestamp}.`, bytes), signatures, keys)) {
    throw new WebhookSignatureError('No signature is of a known secret.');
  }
  return JSON.parse(new TextDecoder().decode(bytes)) as EventMessage;
}

// Web Crypto compares in constant time. Every signature is compared with every key, whichever fits.
async function isSigned(signed: Uint8Array, signatures: string, keys: CryptoKey[]): Promise<boolean> {
  const given = signatures.split(' ').filter(one => one.startsWith('v1,')).map(one => base64(one.slice(3))).filter(one => one !== undefined);
  const found = await Promise.all(given.flatMap(signature =>
    keys.map(key => crypto.subtle.verify('HMAC', key, signature as BufferSource, signed as BufferSource))));
  return found.includes(true);
}

async function key(secret: string): Promise<CryptoKey> {
  const bytes = secret.startsWith('whsec_') ? base64(secret.slice('whsec_'.length)) : undefined;
  if (bytes === undefined || bytes.length === 0) {
    throw new TypeError("A webhook's secret is whsec_ and base64.");
  }
  return crypto.subtle.importKey('raw', bytes as BufferSource, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function base64(text: string): Uint8Array | undefined {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Uint8Array.from(atob(text), character => character.charCodeAt(0))
    : undefined;
}

function join(head: string, tail: Uint8Array): Uint8Array {
  const start = new TextEncoder().encode(head);
  const whole = new Uint8Array(start.length + tail.length);
  whole.set(start);
  whole.set(tail, start.length);
  return whole;
}

function header(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) {
    return headers.get(name) ?? undefined;
  }
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(value) ? value.join(' ') : value;
}
