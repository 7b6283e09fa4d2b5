/** Keys in an order: the first is the one in use, the others are there for what it was not used for. */
export interface KeyRing<Key extends { readonly kid?: string | undefined }> {
  readonly keys: readonly Key[];
}

/** Why a ring cannot be turned as asked, for people. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

type AnyKey = { readonly kid?: string | undefined };

/** With the fresh keys last: they decrypt, and nothing is encrypted with them yet. */
export function withAdded<Key extends AnyKey>(ring: KeyRing<Key>, fresh: KeyRing<Key>): KeyRing<Key> {
  return { keys: [...ring.keys, ...fresh.keys] };
}

/** With this key first, by default the newest. @throws KeyRingError */
export function withPromoted<Key extends AnyKey>(
  ring: KeyRing<Key>,
  kid = ring.keys.at(-1)?.kid,
): KeyRing<Key> {
  const promoted = keyNamed(ring, kid);
  if (promoted === ring.keys[0]) {
    throw new KeyRingError(
      `Key ${kid} is the first already. Add a new one before: payouts keys rotate … add`,
    );
  }
  return { keys: [promoted, ...ring.keys.filter((key) => key !== promoted)] };
}

/** Without this key; where there are two, by default the one that is not in use. @throws KeyRingError */
export function withRetired<Key extends AnyKey>(ring: KeyRing<Key>, kid?: string): KeyRing<Key> {
  if (kid === undefined && ring.keys.length > 2) {
    const others = ring.keys.slice(1).map((key) => key.kid);
    throw new KeyRingError(`There are several keys to retire. Name one with --key: ${others.join(', ')}`);
  }
  const retired = keyNamed(ring, kid ?? ring.keys[1]?.kid ?? ring.keys[0]?.kid);
  if (retired === ring.keys[0]) {
    throw new KeyRingError(`Key ${retired.kid} is in use. Promote another one before`);
  }
  return { keys: ring.keys.filter((key) => key !== retired) };
}

function keyNamed<Key extends AnyKey>({ keys }: KeyRing<Key>, kid: string | undefined): Key {
  const found = keys.find((key) => key.kid === kid);
  if (found) return found;
  throw new KeyRingError(`There is no key ${kid}. There are: ${keys.map((key) => key.kid).join(', ')}`);
}
