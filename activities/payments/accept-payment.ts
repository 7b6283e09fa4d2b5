import type { ActivityDeps } from '../deps.js';
import { makePaymentOrderId } from '../order-id.js';
import { providerAt, providerFor, unusableAccount } from '../usable-account.js';
import type { AcceptPaymentResult, PaymentJournalActivities, PaymentPlan } from './contract.js';
import { merchantActor } from '../../domain/actor.js';
import type { OrderId } from '../../domain/ids.js';
import { isFinalPayment } from '../../domain/payment-moves.js';
import type { Payment, PaymentRequest } from '../../domain/payment.js';
import type { Problem } from '../../domain/problem.js';
import type { PaymentProvider } from '../../providers/payment-port.js';
import { parsePaymentKey } from '../../schemas/payment-key.js';
import { parsePaymentRequest } from '../../schemas/payment-request.js';
import { contentFingerprint } from '../../secrets/fingerprint.js';

/**
 * The last check of a payment, and the first write. As with payouts, an id that the journal knows is never judged by
 * today's rules: the same content finds the original, any other is a conflict with it.
 */
export async function acceptPayment(
  deps: ActivityDeps,
  input: Parameters<PaymentJournalActivities['acceptPayment']>[0],
): Promise<AcceptPaymentResult> {
  const { payments } = deps.journal;
  const parsed = parsePaymentRequest(input.request);
  if (!parsed.ok) {
    const named = parsePaymentKey(input.request);
    const original = named.ok ? await payments.get(named.key) : undefined;
    return original ? { kind: 'conflict', original } : { kind: 'refused', problems: parsed.problems };
  }
  const { request } = parsed;
  const provider = providerFor(deps, request, 'payment');
  const orderId = request.orderId ?? makePaymentOrderId(deps.fingerprintKey, request.account, request);
  const problems = provider
    ? await problemsOf(deps, provider, request, orderId)
    : [unusableAccount(deps, request, 'payment')];
  const known = problems.length === 0 ? undefined : await payments.get(request);
  if (problems.length > 0 && !known) return { kind: 'refused', problems };

  const accepted = await payments.accept({
    request,
    provider: provider?.protocol ?? known?.provider ?? '',
    orderId,
    contentFingerprint: contentFingerprint(deps.fingerprintKey, request),
    actor: input.actor ?? merchantActor(request.merchant),
  });
  switch (accepted.kind) {
    case 'accepted':
    case 'repeat': {
      const { kind, payment } = accepted;
      return { kind, payment, plan: isFinalPayment(payment.status) ? undefined : planOf(deps, payment) };
    }
    case 'conflict':
      return accepted;
    case 'order_id_taken':
      return { kind: 'refused', problems: [orderIdTaken(orderId)] };
  }
}

/** Undefined where no worker has the account any more. */
export function planOf(deps: ActivityDeps, { account, orderId }: Payment): PaymentPlan | undefined {
  const provider = providerAt(deps, account, 'payment');
  return provider && { account, orderId, callTimeoutMs: provider.limits.callTimeoutMs };
}

async function problemsOf(
  deps: ActivityDeps,
  provider: PaymentProvider,
  request: PaymentRequest,
  orderId: OrderId,
): Promise<readonly Problem[]> {
  const { orderIdPattern, orderIdRule } = provider.limits;
  return [
    ...provider.validate(request),
    ...(orderIdPattern.test(orderId) ? [] : [unfitOrderId(orderIdRule)]),
    ...(Date.parse(request.expiresAt) > Date.now() ? [] : [OVER]),
    ...(await recurrenceProblems(deps, provider, request)),
  ];
}

/** The card of another payment, of the same merchant at the same account, whose token was kept. */
async function recurrenceProblems(
  { journal }: ActivityDeps,
  provider: PaymentProvider,
  { merchant, account, recurrentOf }: PaymentRequest,
): Promise<readonly Problem[]> {
  if (recurrentOf === undefined) return [];
  const field = 'recurrentOf';
  if (!provider.recurrent) {
    const problem = `${account} charges no payer without a page`;
    return [{ field, problem, remedy: 'Leave it out, so that the payer comes to the page' }];
  }
  const earlier = await journal.payments.get({ merchant, paymentId: recurrentOf });
  if (!earlier) {
    return [
      { field, problem: `this merchant has no payment ${recurrentOf}`, remedy: 'Name one of your own' },
    ];
  }
  if (earlier.account !== account) {
    const problem = `payment ${recurrentOf} was made at account ${earlier.account}`;
    return [{ field, problem, remedy: 'Charge by that account, where the token is known' }];
  }
  if (earlier.hasToken) return [];
  const problem = `no token of payment ${recurrentOf} is kept`;
  return [
    { field, problem, remedy: 'Make a payment with keepCard first, and name that one once it succeeded' },
  ];
}

function unfitOrderId(rule: string): Problem {
  return {
    field: 'orderId',
    problem: `the order id does not fit this account: ${rule}`,
    remedy: 'Give an orderId of your own that fits, or mend the pattern in the accounts file',
  };
}

const OVER: Problem = {
  field: 'expiresAt',
  problem: 'is over already',
  remedy: 'Give a time in the future, long enough for the payer to pay',
};

function orderIdTaken(orderId: string): Problem {
  return {
    field: 'orderId',
    problem: `${orderId} already names another payment, payout or stored card at this account`,
    remedy: 'Leave orderId out to have one made, or choose one never used before',
  };
}
