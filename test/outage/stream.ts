import { setTimeout as sleep } from 'node:timers/promises';
import { EngineUnavailableError, type Payout, type PayoutClient } from '../../client/index.js';
import { isFinal } from '../../domain/payout-status.js';
import { aPayout } from '../support/engine.js';

/** How a payout ends by the last three digits of its amount, whatever goes away meanwhile. */
export const EXPECTED: Readonly<Record<number, 'succeeded' | 'declined'>> = {
  0: 'succeeded',
  6: 'declined', // by the network
  7: 'succeeded', // pending for a while
  500: 'succeeded', // answered 500, but paid
  501: 'declined', // answered 500, and not paid
  504: 'succeeded', // timed out, but paid
};
const KINDS = Object.keys(EXPECTED).map(Number);
const ACCOUNTS = ['acme-a2p', 'acme-a2p-poll'];
const EVERY_MS = 200;

/** What one caller's back end asks for: one of each kind at each account, and later the same again. */
export interface Stream {
  /** Asks for the second half. */
  goOn(): void;
  /** All of them, settled. */
  readonly settled: Promise<readonly Payout[]>;
  /** Resolves when no call is under way any more. */
  stop(): Promise<void>;
}

export function startStream(client: PayoutClient): Stream {
  let stopped = false;
  let goOn = (): void => undefined;
  const secondHalf = new Promise<void>((resolve) => (goOn = resolve));

  /** As a caller would: the same again until there is an answer. */
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof EngineUnavailableError) || stopped) throw error;
        await sleep(250);
      }
    }
  }

  async function lead(request: ReturnType<typeof aPayout>): Promise<Payout> {
    let payout = await patiently(() => client.create(request));
    while (!isSettled(payout) && !stopped) {
      payout = await patiently(() => client.wait(request, { timeoutMs: 5_000 }));
    }
    return payout;
  }

  const halves = [requests(100), requests(200)] as const;
  const leading = halves.map((half, index) =>
    half.map(async (request, position) => {
      if (index > 0) await secondHalf;
      await sleep(position * EVERY_MS);
      if (stopped) throw new Error('The test is over');
      return lead(request);
    }),
  );
  const all = leading.flat();
  const settled = Promise.all(all);
  // Whoever awaits it hears of it; until then a failure must not end the process.
  settled.catch(() => undefined);
  return {
    goOn: () => goOn(),
    settled,
    async stop() {
      stopped = true;
      goOn();
      await Promise.allSettled(all);
    },
  };
}

function isSettled({ status }: Payout): boolean {
  return isFinal(status) || status === 'in_review';
}

function requests(thousands: number): ReturnType<typeof aPayout>[] {
  return KINDS.flatMap((kind, i) =>
    ACCOUNTS.map((account, j) =>
      aPayout({ account, amount: { minor: (thousands + i * 10 + j) * 1_000 + kind, currency: 'RUB' } }),
    ),
  );
}
