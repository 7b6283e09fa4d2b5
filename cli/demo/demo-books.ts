import type { StoredCardId } from '../../domain/ids.js';
import type { Payment } from '../../domain/payment.js';
import type { Payout } from '../../domain/payout.js';
import type { Embedded } from '../../workers/embedded.js';
import type { ProviderBooks } from '../../workers/simulated/simulated-provider.js';
import type { OurPayout } from './reconcile.js';

/** Every payout of our journal, each with the card that it takes the money from. */
export async function allPayouts(journal: Embedded['journal']): Promise<readonly OurPayout[]> {
  const all: OurPayout[] = [];
  let cursor: string | undefined;
  do {
    const page = await journal.payouts.list({}, { limit: 200, cursor });
    for (const payout of page.items) all.push({ ...payout, sourceCard: await sourceCardOf(journal, payout) });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** Every payment of our journal. */
export async function allPayments(journal: Embedded['journal']): Promise<readonly Payment[]> {
  const all: Payment[] = [];
  let cursor: string | undefined;
  do {
    const page = await journal.payments.list({}, { limit: 200, cursor });
    all.push(...page.items);
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

/** What the providers' own books say, all together. */
export async function providersBooks(simulators: Embedded['simulators']): Promise<ProviderBooks> {
  const books = await Promise.all(simulators.map((simulator) => simulator.books()));
  return {
    payouts: books.flatMap(({ payouts }) => payouts),
    payments: books.flatMap(({ payments }) => payments),
  };
}
