/** MD5 over the recipe's values and the key, joined without separator. 8b Disbursement §3.1. */
import { createHash, timingSafeEqual } from 'node:crypto';

import type { Fields } from './form.js';
import type { Service } from './settings.js';
import type { Recipes } from './variant.js';
import { RECIPES } from './variant.js';

type Signing = Pick<Service, 'secretKey' | 'variant'>;

export function signatureOf(message: keyof Recipes, fields: Fields, { secretKey, variant }: Signing): string {
  const recipe = variant.recipes[message] ?? RECIPES[message];
  let text = '';
  for (const name of recipe) text += fields.get(name) ?? '';
  return createHash('md5')
    .update(text + secretKey, 'utf8')
    .digest('hex');
}

/** Over the strings as they came, never over a number written anew. */
export function isSigned(message: keyof Recipes, fields: Fields, signing: Signing): boolean {
  const given = Buffer.from((fields.get('hash') ?? '').toLowerCase(), 'utf8');
  const right = Buffer.from(signatureOf(message, fields, signing), 'utf8');
  return given.length === right.length && timingSafeEqual(given, right);
}
