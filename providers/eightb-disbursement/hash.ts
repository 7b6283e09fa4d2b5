import { createHash, timingSafeEqual } from 'node:crypto';
import type { EightbConfig, Message } from './config.js';
import type { Fields } from './form.js';

type Settings = Pick<EightbConfig, 'secretKey' | 'recipes'>;

/**
 * The control signature (8b Disbursement §3.1): MD5 in lower-case hex over the values of the message's recipe and the
 * secret key, joined without separator. A missing value counts as nothing.
 */
export function hashOf(message: Message, fields: Fields, { recipes, secretKey }: Settings): string {
  const joined = recipes[message].map((name) => fields[name] ?? '').join('');
  return createHash('md5').update(`${joined}${secretKey}`, 'utf8').digest('hex');
}

/** In constant time, capitals or not; that a hash has 32 digits is no secret. */
export function isHash(given: string, message: Message, fields: Fields, settings: Settings): boolean {
  if (!/^[0-9A-Fa-f]{32}$/.test(given)) return false;
  const ours = Buffer.from(hashOf(message, fields, settings), 'ascii');
  return timingSafeEqual(Buffer.from(given.toLowerCase(), 'ascii'), ours);
}
