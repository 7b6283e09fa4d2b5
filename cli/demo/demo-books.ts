import { z } from 'zod';
import type { Payout } from '../../domain/payout.js';
import type { Embedded } from '../../workers/embedded.js';
import type { LedgerOrder } from './reconcile.js';

const ledgerSchema = z.object({
  orders: z.array(
    z.object({
      orderNumber: z.string(),
      amount: z.number(),
      currency: z.string(),
      bookings: z.number(),
      bookedAmount: z.number(),
    }),
  ),
});

/** Every payout of our journal. */
export async function allPayouts({ payouts }: Embedded['journal']): Promise<readonly Payout[]> {
  const all: Payout[] = [];
  let cursor: string | undefined;
  do {
    const page = await payouts.list({}, { limit: 200, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** Every order of the providers' own books. */
export async function allOrders(simulators: Embedded['simulators']): Promise<readonly LedgerOrder[]> {
  const ledgers = await Promise.all(
    simulators.map(async ({ controlUrl }) => {
      const response = await fetch(`${controlUrl}/ledger`, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`The simulator's ledger answered ${response.status}`);
      return ledgerSchema.parse(await response.json()).orders;
    }),
  );
  return ledgers.flat();
}
