import { PayoutConflictError, type PayoutRequestInput } from '../client/index.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { PayoutStatus } from '../domain/payout-status.js';
import type { Engine } from './engine.js';
import { asCallersDo, PATIENCE_MS, until } from './patience.js';
import type { Deed } from './scenario.js';
import type { OrderName, ProviderControl } from './subject.js';

/** What a deed is done to, and with. */
export interface Hand {
  readonly engine: Engine;
  readonly control: ProviderControl;
  readonly order: OrderName;
  readonly request: PayoutRequestInput & PayoutKey;
}

const OPERATOR = { actor: 'cli:conformance', reason: 'conformance' };

/** @throws Error in words if the answer is not the one that the scenario expects */
export async function perform(deed: Deed, hand: Hand): Promise<void> {
  const { engine, control, order, request } = hand;
  switch (deed.deed) {
    case 'wait_until':
      return void (await reached(hand, deed.status));
    case 'wait_for_provider':
      return void (await until(`the provider to ${deed.to}`, PATIENCE_MS, async () => {
        const { word } = await control.ledger(order);
        return word === 'unknown' || (word === 'open' && deed.to === 'end_it') ? undefined : word;
      }));
    case 'person': {
      const { action } = await reached(hand, 'action_required');
      if (action === undefined) throw new Error('action_required without an action');
      return control.visit(action, deed.does);
    }
    case 'browser_returns': {
      await reached(hand, 'action_required');
      const door = `${engine.gatewayUrl}/return/${order.account}/${order.orderId}?to=success`;
      const { status } = await fetch(door, { redirect: 'manual' });
      return expectThat(status === 303, `the return door answered ${status}`);
    }
    case 'callback': {
      const taken = await control.callback(order, deed.twist);
      return expectThat(taken === deed.taken, `the callback was ${taken ? 'taken' : 'refused'}`);
    }
    case 'odd_callback': {
      const taken = await control.oddCallback?.(order, deed.odd);
      return expectThat(taken === deed.taken, `the callback was ${taken ? 'taken' : 'refused'}`);
    }
    case 'create_again': {
      const again = await Promise.all(
        Array.from({ length: deed.times }, () => asCallersDo(() => engine.client.create(request))),
      );
      const same = again.every(({ orderId }) => orderId === order.orderId);
      return expectThat(same, 'a repeat returned another payout');
    }
    case 'create_other': {
      const amount = { ...request.amount, minor: request.amount.minor + 1_000 };
      const refused = await asCallersDo(() => engine.client.create({ ...request, amount })).then(
        () => false,
        (error: unknown) => error instanceof PayoutConflictError,
      );
      return expectThat(refused, 'other content under the same id was not refused as a conflict');
    }
    case 'cancel': {
      // Between two tries to connect, one may be under way: then it is refused for a moment.
      const said = await until(`cancelled: ${deed.cancelled}`, deed.cancelled ? 30_000 : 0, async () => {
        const { cancelled } = await asCallersDo(() => engine.client.cancel(request, OPERATOR));
        return cancelled === deed.cancelled ? { cancelled } : undefined;
      });
      return expectThat(said.cancelled === deed.cancelled, 'the cancel was answered otherwise');
    }
    case 'ask_again': {
      const again = { verdict: 'ask_again', ...OPERATOR } as const;
      // The journal is in review first; until the workflow hears of it, it refuses. And a call whose answer is lost
      // may have been taken all the same.
      return void (await until('asking again to be taken', 30_000, async () => {
        const { resolved } = await asCallersDo(() => engine.client.resolve(request, again));
        const payout = await engine.journal.payouts.get(request);
        return resolved || payout?.status !== 'in_review' ? true : undefined;
      }));
    }
  }
}

/** The payout once the journal says that it is there. */
function reached({ engine, request }: Hand, status: PayoutStatus): Promise<Payout> {
  return until(`the payout to be ${status}`, PATIENCE_MS, async () => {
    const payout = await engine.journal.payouts.get(request);
    return payout?.status === status ? payout : undefined;
  });
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
