/** keys.do: two overlapping RSA keys, the older of which expires first. All2pay payouts document §8. */
import { constants, generateKeyPair, privateDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

import type { Clock } from './clock.js';
import type { JsonObject } from './fields.js';
import type { KeysOptions } from './options.js';

export interface Keys {
  /** The body of keys.do. Keys are made when they are first asked for, and again when they expire. */
  published(): Promise<JsonObject>;
  /** Retires the older key and adds a new one; `all` retires both, so that no cached key is good any more. */
  rotate(all: boolean): Promise<void>;
  /** What a token says, opened with any key that has not expired: requests carry no key id. */
  open(token: string): string | undefined;
}

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Epoch ms. */
  readonly expiresAt: number;
}

const PAIRS = 2;
const DAY_MS = 86_400_000;
const generate = promisify(generateKeyPair);

export function createKeys(options: KeysOptions, clock: Clock): Keys {
  const { format = 'bare', expiration = 'ms', bits = 2048, lifetimeMs = DAY_MS } = options;
  const { protocolVersion = `RSA-${bits}` } = options;
  let pairs: readonly Pair[] = [];
  // One at a time, or two first callers would be given different keys.
  let work: Promise<void> = Promise.resolve();

  async function fill(kept: (pair: Pair, place: number) => boolean): Promise<void> {
    const alive = pairs.filter((pair, place) => pair.expiresAt > clock.now() && kept(pair, place));
    while (alive.length < PAIRS) {
      const { publicKey, privateKey } = await generate('rsa', { modulusLength: bits });
      const expiresAt = Math.max(clock.now(), alive.at(-1)?.expiresAt ?? 0) + lifetimeMs;
      alive.push({ publicKey, privateKey, expiresAt });
    }
    pairs = alive;
  }

  function queue(kept: (pair: Pair, place: number) => boolean): Promise<void> {
    work = work.then(() => fill(kept));
    return work;
  }

  return {
    published: async () => {
      await queue(() => true);
      const keys = pairs.map(({ publicKey, expiresAt }) => ({
        keyValue: format === 'pem' ? pemOf(publicKey) : bareOf(publicKey),
        keyExpiration: expiration === 'ms' ? expiresAt : Math.trunc(expiresAt / 1000),
        protocolVersion: protocolVersion ?? undefined,
      }));
      return { keys };
    },
    rotate: async (all) => {
      await queue(() => true);
      await queue((_pair, place) => !all && place > 0);
    },
    open: (token) => {
      const bytes = Buffer.from(token, 'base64');
      if (bytes.toString('base64') !== token) return undefined;
      return pairs
        .filter(({ expiresAt }) => expiresAt > clock.now())
        .map(({ privateKey }) => decrypt(bytes, privateKey))
        .find((plain) => plain !== undefined);
    },
  };
}

/** Node refuses to take PKCS#1 v1.5 padding off by itself: it is taken off here. */
function decrypt(bytes: Buffer, key: KeyObject): string | undefined {
  try {
    const padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes);
    const end = padded.indexOf(0, 2);
    if (padded[0] !== 0 || padded[1] !== 2 || end < 10) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(padded.subarray(end + 1));
  } catch {
    return undefined;
  }
}

function bareOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
