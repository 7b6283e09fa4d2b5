import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { PAYLOAD_KEY_BYTES, type PayloadKeys } from './payload-keys.js';

const PayloadMessage = proto.temporal.api.common.v1.Payload;

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ENCODING = 'binary/encrypted';
const text = new TextEncoder();
const ENCODING_BYTES = text.encode(ENCODING);

/** A payload that this process cannot read. Retrying helps once it has the right keys. */
export class PayloadKeyError extends Error {
  override readonly name = 'PayloadKeyError';
}

/**
 * Encrypts whole payloads, their own metadata included, with AES-256-GCM; bound to the namespace, so that what is copied
 * to another does not decrypt. What is not encrypted passes, because histories from before the keys must still replay.
 *
 * @param keys none: encrypts nothing, and says of what is encrypted that keys are missing
 */
export function payloadCodec(keys: PayloadKeys | undefined, namespace: string): PayloadCodec {
  const ring = (keys?.keys ?? []).map(({ kid, k }) => bind(kid, k, namespace));
  const [current] = ring;
  return {
    encode: async (payloads) => (current ? payloads.map((payload) => encrypt(payload, current)) : payloads),
    decode: async (payloads) =>
      payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, ring, namespace) : payload)),
  };
}

export function isEncrypted({ metadata }: Payload): boolean {
  const encoding = metadata?.['encoding'];
  return encoding !== undefined && Buffer.from(encoding).toString() === ENCODING;
}

interface BoundKey {
  readonly kid: string;
  readonly key: KeyObject;
  /** Authenticated with every payload and stored with none. */
  readonly aad: Buffer;
  readonly metadata: NonNullable<Payload['metadata']>;
}

function bind(kid: string, k: string, namespace: string): BoundKey {
  const bytes = Buffer.from(k, 'base64url');
  if (bytes.length !== PAYLOAD_KEY_BYTES) {
    throw new PayloadKeyError(
      `Payload key ${kid} has ${bytes.length} bytes, not 32. Make one with: payouts keys`,
    );
  }
  return {
    kid,
    key: createSecretKey(bytes),
    aad: Buffer.from(`temporal payload\n${namespace}\n${kid}`),
    metadata: { encoding: ENCODING_BYTES, 'encryption-key-id': text.encode(kid) },
  };
}

function encrypt(payload: Payload, { key, aad, metadata }: BoundKey): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(aad);
  const message = PayloadMessage.encode(PayloadMessage.create(payload)).finish();
  const sealed = [cipher.update(message), cipher.final()];
  return { metadata, data: Buffer.concat([iv, ...sealed, cipher.getAuthTag()]) };
}

function decrypt({ metadata, data }: Payload, ring: readonly BoundKey[], namespace: string): Payload {
  const kid = Buffer.from(metadata?.['encryption-key-id'] ?? []).toString();
  const found = ring.find((one) => one.kid === kid);
  if (!found) throw new PayloadKeyError(unknownKey(kid, ring));
  const sealed = Buffer.from(data ?? []);
  const end = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, found.key, sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(found.aad).setAuthTag(sealed.subarray(end));
    const message = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, end)), decipher.final()]);
    return PayloadMessage.decode(message);
  } catch {
    throw new PayloadKeyError(
      `A payload does not decrypt with key "${kid}" in namespace "${namespace}": it was changed, or it was copied from ` +
        'another namespace, or this process has another key by that name',
    );
  }
}

function unknownKey(kid: string, ring: readonly BoundKey[]): string {
  if (ring.length === 0) {
    return (
      `A payload is encrypted with key "${kid}", and this process has no payload keys. ` +
      'Give it those of the workers (PAYOUTS_PAYLOAD_KEYS; of the client library: payloadKeys)'
    );
  }
  const ours = ring.map((one) => `"${one.kid}"`).join(', ');
  return (
    `A payload is encrypted with key "${kid}", which is not among the payload keys of this process (${ours}). ` +
    'Give it the keys that the workers have (PAYOUTS_PAYLOAD_KEYS); of a retired key, put it back for decrypting'
  );
}
