import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** A public key of the provider. */
export interface EncryptionKey {
  readonly key: KeyObject;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** More keys than a rotation can need. */
const MAX_KEYS = 50;
/** A number below it is in seconds: the samples of the provider's two products differ (All2pay payouts document §8). */
const SECONDS_BELOW = 1e11;

const answer = z.object({
  keys: z.array(z.unknown()).max(MAX_KEYS),
});
const entry = z.object({
  keyValue: z.string().max(4_000),
  keyExpiration: z.union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ]),
});

/** The keys of a `keys.do` answer that we can use; an entry that we cannot read is passed over. */
export function readKeys(body: Buffer): readonly EncryptionKey[] {
  const parsed = answer.safeParse(parseJson(body));
  if (!parsed.success) return [];
  return parsed.data.keys.flatMap((item) => {
    const read = entry.safeParse(item);
    const key = read.success ? publicKey(read.data.keyValue) : undefined;
    if (!read.success || key === undefined) return [];
    const { keyExpiration } = read.data;
    return [{ key, expiresAt: keyExpiration < SECONDS_BELOW ? keyExpiration * 1000 : keyExpiration }];
  });
}

/** With PEM markers, as the document's text says, or bare base64, as its sample has it (§14 I7). */
function publicKey(value: string): KeyObject | undefined {
  try {
    const key = value.includes('BEGIN')
      ? createPublicKey(value)
      : createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'spki' });
    const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    return key.asymmetricKeyType === 'rsa' && modulusLength >= 2048 ? key : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
