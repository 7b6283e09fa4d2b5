import { constants, publicEncrypt, type KeyObject } from 'node:crypto';

/** What an encrypted card says (All2pay payouts document §8). */
export interface TokenContent {
  /** Milliseconds since 1970; the provider takes 30 minutes around its own clock. */
  readonly now: number;
  /** Fresh for every token. */
  readonly uuid: string;
  readonly pan: string;
  /** The same as in the request's body. */
  readonly orderNumber: string;
}

/**
 * `timestamp/uuid/pan///////orderNumber`: seven slashes, because the gateway's positions for CVV, expiry, order, binding,
 * holder and origin stay empty.
 */
export function tokenPlainText({ now, uuid, pan, orderNumber }: TokenContent): string {
  const timestamp = `${new Date(now).toISOString().slice(0, 19)}+00:00`;
  return [timestamp, uuid, pan, '', '', '', '', '', '', orderNumber].join('/');
}

/** Base64 of one RSA block, PKCS#1 v1.5. */
export function seToken(content: TokenContent, key: KeyObject): string {
  const plain = Buffer.from(tokenPlainText(content), 'utf8');
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plain).toString('base64');
}
