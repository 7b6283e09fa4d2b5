import {
  OperationConflictError,
  PaymentConflictError,
  PayoutInvalidError,
  type PaymentRequestInput,
} from '../../client/index.js';
import type { PaymentKey } from '../../domain/ids.js';
import type { PaymentStatus } from '../../domain/payment-status.js';
import type { Payment } from '../../domain/payment.js';
import type { Action } from '../../domain/provider-answer.js';
import type { Engine } from '../engine.js';
import { asCallersDo, PATIENCE_MS, until } from '../patience.js';
import type { OrderName } from '../subject.js';
import type { AskedOperation, PaymentDeed } from './scenario.js';
import type { PaymentControl } from './subject.js';

/** What a deed is done to, and with. */
export interface Hand {
  readonly engine: Engine;
  readonly control: PaymentControl;
  readonly order: OrderName;
  readonly request: PaymentRequestInput & PaymentKey;
  /** Where `create` sent the payer; a payer may be there still when we no longer offer it. */
  readonly page?: Action | undefined;
}

/** The journal is written first; the workflow hears of it a moment later. */
export const HEARSAY_MS = 60_000;

const OPERATOR = { actor: 'cli:conformance', reason: 'conformance' };

/** @throws Error in words if the answer is not the one that the scenario expects */
export async function perform(deed: PaymentDeed, hand: Hand): Promise<void> {
  const { engine, control, order, request } = hand;
  const { payments } = engine.client;
  switch (deed.deed) {
    case 'payer':
      return control.visit(await pageOf(hand), deed.does);
    case 'wait_until':
      return void (await reached(hand, deed.status));
    case 'order_ends':
      return control.endOrder(order);
    case 'hold_runs_out':
      return control.releaseHold(order);
    case 'callback': {
      const taken = await control.callback(order, deed.twist);
      return expectThat(taken === deed.taken, `the callback was ${taken ? 'taken' : 'refused'}`);
    }
    case 'create_again': {
      const again = await Promise.all(
        Array.from({ length: deed.times }, () => asCallersDo(() => payments.create(request))),
      );
      const same = again.every(({ orderId }) => orderId === order.orderId);
      return expectThat(same, 'a repeat returned another payment');
    }
    case 'create_other': {
      const amount = { ...request.amount, minor: request.amount.minor + 1_000 };
      const refused = await asCallersDo(() => payments.create({ ...request, amount })).then(
        () => false,
        (error: unknown) => error instanceof PaymentConflictError,
      );
      return expectThat(refused, 'other content under the same id was not refused as a conflict');
    }
    case 'operate':
      return operate(deed, hand);
    case 'settle': {
      const key = { ...request, operationId: deed.id };
      return void (await asCallersDo(() => payments.settle(key, { verdict: deed.verdict, ...OPERATOR })));
    }
    case 'resolve': {
      const verdict = { verdict: deed.verdict, ...OPERATOR };
      // The journal is in review a moment before the workflow is.
      return void (await until(`${deed.verdict} to be taken`, HEARSAY_MS, async () => {
        const { resolved } = await asCallersDo(() => payments.resolve(request, verdict));
        return resolved || undefined;
      }));
    }
  }
}

/** Asks for it as often at once as the deed says, then waits for its end. */
async function operate(asked: AskedOperation, hand: Hand): Promise<void> {
  const { kind, id, ends, times = 1 } = asked;
  const { engine, request } = hand;
  const options = await optionsOf(asked, hand);
  const ask = (): Promise<string> =>
    asCallersDo(() => engine.client.payments[kind](request, options)).then(
      ({ operation }) => operation.status,
      (error: unknown) => {
        if (error instanceof PayoutInvalidError) return 'refused';
        if (error instanceof OperationConflictError) return 'conflict';
        throw error;
      },
    );
  const [told = ''] = await Promise.all(Array.from({ length: times }, ask));
  const end =
    told !== 'processing'
      ? told
      : await until(`the ${kind} to end`, PATIENCE_MS, async () => {
          const { operations = [] } = (await engine.journal.payments.get(request)) ?? {};
          const status = operations.find(({ operationId }) => operationId === id)?.status;
          return status === 'processing' ? undefined : status;
        });
  expectThat(end === ends, `the ${kind} ${id} ended as ${end}`);
}

async function optionsOf({ id, minor, last }: AskedOperation, { engine, request }: Hand) {
  const { transactions = [] } = (last && (await engine.journal.payments.get(request))) || {};
  const amount = minor === undefined ? undefined : { minor, currency: request.amount.currency };
  return { operationId: id, amount, transactionId: transactions.at(-1)?.id };
}

/** The payment once the journal says that it is there. */
function reached({ engine, request }: Hand, status: PaymentStatus): Promise<Payment> {
  return until(`the payment to be ${status}`, PATIENCE_MS, async () => {
    const payment = await engine.journal.payments.get(request);
    return payment?.status === status ? payment : undefined;
  });
}

/** Where the payer must go. */
async function pageOf({ engine, request, page }: Hand): Promise<Action> {
  return (
    page ?? until('a page', PATIENCE_MS, async () => (await engine.journal.payments.get(request))?.action)
  );
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
