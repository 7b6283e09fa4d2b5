import type { Ring, RingKind } from './ring-file.js';

export type Stage = 'add' | 'promote' | 'retire';

interface Turned {
  readonly kind: RingKind;
  readonly stage: Stage;
  readonly before: Ring;
  readonly after: Ring;
  readonly file: string;
  /** How the person types our command. */
  readonly payouts: string;
}

/** Who reads a set of keys, in the order of a rollout. */
const READERS: Readonly<Record<RingKind, string>> = {
  payload: 'all workers, gateways and codec servers, and back ends that use the client library',
  sealing: 'all workers',
};

/** Until when a key that is no longer in use must stay. */
const STAYS: Readonly<Record<RingKind, string>> = {
  payload: 'Temporal holds a run that it encrypted: the retention, plus the longest payout, plus archives',
  sealing:
    'something is sealed with it: payouts under way, tokens to charge payers again, callbacks kept for a dispute',
};

/** What was done, and what the person does next: a stage out of order makes payloads or cards that somebody cannot read. */
export function whatNext({ kind, stage, before, after, file, payouts }: Turned): string[] {
  const rotate = `${payouts} keys rotate ${kind}`;
  const [first] = after.keys;
  switch (stage) {
    case 'add':
      return [
        `Key ${after.keys.at(-1)?.kid} is added to ${file}. It opens, and nothing is encrypted with it yet.`,
        `1. Give the file to ${READERS[kind]}, and restart them.`,
        `2. When all of them run with it: ${rotate} promote`,
      ];
    case 'promote':
      return [
        `Key ${first?.kid} is the one in use from now on, in ${file}.`,
        `1. Give the file to ${READERS[kind]}, and restart them, in any order.`,
        ...(kind === 'sealing'
          ? ['   Then give gateways and clients the public half (below), and restart them.']
          : []),
        `2. Key ${before.keys[0]?.kid} stays as long as ${STAYS[kind]}.`,
        `   Then: ${rotate} retire --key ${before.keys[0]?.kid}`,
      ];
    case 'retire': {
      const gone = before.keys.find((key) => !after.keys.some(({ kid }) => kid === key.kid));
      return [
        `Key ${gone?.kid} is gone from ${file}. What it encrypted cannot be read any more without a copy of it.`,
        `Give the file to ${READERS[kind]}, and restart them.`,
      ];
    }
  }
}
