import { z } from 'zod';
import type { StoredCardId } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import type { Embedded } from '../../workers/embedded.js';
import type { BookedPayout, LedgerOrder } from './reconcile.js';

const ledgerSchema = z.object({
  orders: z.array(
    z.object({
      orderNumber: z.string(),
      amount: z.number(),
      currency: z.string(),
      bookings: z.number(),
      bookedAmount: z.number(),
      sourceBindingId: z.string().nullable(),
    }),
  ),
});

/** Every payout of our journal, each with the card that it takes the money from. */
export async function allPayouts(journal: Embedded['journal']): Promise<readonly BookedPayout[]> {
  const all: BookedPayout[] = [];
  let cursor: string | undefined;
  do {
    const page = await journal.payouts.list({}, { limit: 200, cursor });
    for (const payout of page.items) all.push({ ...payout, sourceCard: await sourceCardOf(journal, payout) });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** The payer's card as the provider knows it. */
async function sourceCardOf(
  { payouts, storedCards }: Embedded['journal'],
  payout: Payout,
): Promise<string | undefined> {
  const source = (await payouts.read(payout))?.request.source;
  if (source === undefined) return undefined;
  const { merchant } = payout;
  const stored = await storedCards.read({ merchant, storedCardId: source.storedCardId as StoredCardId });
  return stored?.card.providerCardId ?? `unknown ${source.storedCardId}`;
}

/** Every order of the providers' own books. */
export async function allOrders(simulators: Embedded['simulators']): Promise<readonly LedgerOrder[]> {
  const ledgers = await Promise.all(
    simulators.map(async ({ controlUrl }) => {
      const response = await fetch(`${controlUrl}/ledger`, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`The simulator's ledger answered ${response.status}`);
      const { orders } = ledgerSchema.parse(await response.json());
      return orders.map(({ sourceBindingId, ...order }) => ({
        ...order,
        sourceCard: sourceBindingId ?? undefined,
      }));
    }),
  );
  return ledgers.flat();
}
