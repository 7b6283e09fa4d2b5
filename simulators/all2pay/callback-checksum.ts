/** All2pay payouts document §13 "Checksum", the symmetric kind. */
import { createHmac } from 'node:crypto';

/** Upper-case hex HMAC-SHA256 over `name;value;` of all parameters but `checksum` and `sign_alias`, names ascending. */
export function callbackChecksum(params: Readonly<Record<string, string>>, secret: string): string {
  const text = Object.keys(params)
    .filter((name) => name !== 'checksum' && name !== 'sign_alias')
    .sort()
    .map((name) => `${name};${params[name]};`)
    .join('');
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex').toUpperCase();
}
