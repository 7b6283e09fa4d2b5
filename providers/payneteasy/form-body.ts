import { percentEncode } from './percent-encoding.js';

/** Names and values of a request, before any encoding. */
export type Fields = Readonly<Record<string, string>>;

/** A request's body: what is signed, and the bytes that leave. */
export interface FormBody {
  readonly fields: Fields;
  readonly bytes: Buffer;
}

/**
 * `application/x-www-form-urlencoded` with `%20` for a blank (Payneteasy §4.1 step 8). The gateway trims values, and
 * the signature is over what it makes of them: so they are trimmed here, and what is left empty is left out.
 */
export function formBody(given: Readonly<Record<string, string | undefined>>): FormBody {
  const entries = Object.entries(given)
    .map(([name, value = '']): [string, string] => [name, value.trim()])
    .filter(([, value]) => value !== '');
  const text = entries.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
  return { fields: Object.fromEntries(entries), bytes: Buffer.from(text, 'ascii') };
}
