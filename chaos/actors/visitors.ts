import { setTimeout as sleep } from 'node:timers/promises';
import { visitPage, type TypedCard } from '../../cli/demo/visitor.js';
import type { ReturnUrls } from '../../domain/payout-request.js';
import type { Action } from '../../domain/provider-answer.js';
import type { Obligation, PaymentToTake } from '../plan/obligations.js';
import type { Stage } from '../stage/start-stage.js';

/** The people who are sent to a page: recipients, and payers. They come back to it until it has let them through. */
export interface Visitors {
  stop(): Promise<void>;
}

const EVERY_MS = 700;
const PAGE = 200;

/** 8b.world /pay §10. */
const DECLINED: TypedCard = {
  number: '5555555555555599',
  expiry: '12/31',
  code: '222',
  holder: 'ANNA BERZINA',
};
const PAYING: TypedCard = {
  number: '4111111111111111',
  expiry: '12/31',
  code: '123',
  holder: 'ANNA BERZINA',
};

export function startVisitors(
  stage: Pick<Stage, 'journal'>,
  obligations: readonly Obligation[],
  payments: readonly PaymentToTake[],
): Visitors {
  const recipients = new Map(obligations.map((one) => [one.request.payoutId, one]));
  const payers = new Map(payments.map((one) => [one.request.paymentId, one]));
  const served = new Set<string>();
  let isStopped = false;

  async function visit(
    id: string,
    action: Action,
    returnUrls: ReturnUrls | undefined,
    how: { readonly visit: 'complete' | 'cancel'; readonly cards: readonly TypedCard[] },
  ): Promise<void> {
    if (served.has(id)) return;
    served.add(id);
    try {
      await visitPage({
        ...{ action, ...how },
        returnUrls: [returnUrls?.success, returnUrls?.failure].filter((url) => url !== undefined),
      });
    } catch {
      // The page may have been taken away meanwhile; if it is still offered, the person comes again.
      setTimeout(() => served.delete(id), 3_000).unref();
    }
  }

  async function round(): Promise<void> {
    const { items } = await stage.journal.payouts.list({ status: 'action_required' }, { limit: PAGE });
    for (const { payoutId, action } of items) {
      const obligation = recipients.get(payoutId);
      if (!action || !obligation) continue;
      const { request, visit: how } = obligation;
      void visit(payoutId, action, request.returnUrls, {
        visit: how,
        cards: [{ number: '2200000000000004' }],
      });
    }
    const { items: open } = await stage.journal.payments.list({ status: 'action_required' }, { limit: PAGE });
    for (const { paymentId, action } of open) {
      const payment = payers.get(paymentId);
      if (!action || !payment) continue;
      const { request, isDeclinedFirst } = payment;
      const cards = isDeclinedFirst ? [DECLINED, PAYING] : [PAYING];
      void visit(paymentId, action, request.returnUrls, { visit: 'complete', cards });
    }
  }

  async function lead(): Promise<void> {
    while (!isStopped) {
      await round().catch(() => undefined);
      await sleep(EVERY_MS);
    }
  }
  const leading = lead();
  return {
    async stop() {
      isStopped = true;
      await leading;
    },
  };
}
