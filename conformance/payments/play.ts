import { PayoutInvalidError, type PaymentRequestInput } from '../../client/index.js';
import type { AccountId, OrderId, PaymentId, PaymentKey } from '../../domain/ids.js';
import { isSettledPayment } from '../../domain/payment-moves.js';
import type { Payment } from '../../domain/payment.js';
import type { Engine } from '../engine.js';
import { asCallersDo, PATIENCE_MS, until } from '../patience.js';
import { inWords, MERCHANT, type Result } from '../result.js';
import type { OrderName } from '../subject.js';
import { HEARSAY_MS, perform, type Hand } from './deeds.js';
import { judgePayment } from './judge.js';
import type { PaymentExpected, PaymentScenario } from './scenario.js';
import type { PaymentParts, PaymentSurroundings, StartedPaymentSubject } from './subject.js';
import { BRIEF_MS, type Role } from './words.js';

/** After an end that is not the expected one: news that are on their way may still change it. */
const SECOND_THOUGHTS_MS = 10_000;
const HOUR_MS = 3_600_000;

/** Plays one scenario through the engine; never throws. `id` names payment and order. */
export async function playPayment(
  scenario: PaymentScenario,
  id: string,
  engine: Engine,
  subject: StartedPaymentSubject,
  { accountId }: PaymentSurroundings,
): Promise<Result> {
  const parts = partsOf(scenario, subject);
  if (typeof parts === 'string') return { kind: 'lacking', words: parts };
  const account = accountId(scenario.account);
  try {
    const recurrentOf =
      scenario.way === 'token' ? await leaveToken(`${id}-first`, account, engine, subject) : undefined;
    const isBrief = scenario.account === 'brief' || scenario.account === 'impatient';
    const purpose = scenario.way === 'verification' ? ('card_verification' as const) : undefined;
    const more = { ...(recurrentOf && { recurrentOf }), ...(purpose && { purpose }) };
    const order = orderOf(account, id);
    subject.control.inject(order, scenario.faults ?? [], scenario.callback);
    const begun = await begin(
      (livesMs) => ({ ...asked(parts, account, id, livesMs), ...more }),
      isBrief ? BRIEF_MS : HOUR_MS,
      engine,
    );
    return await lead(scenario, { ...begun, engine, control: subject.control, order });
  } catch (error) {
    return { kind: 'broken', problems: [inWords(error)] };
  }
}

async function lead(scenario: PaymentScenario, hand: Hand): Promise<Result> {
  const { deeds = [], expected } = scenario;
  const { engine, control, order, request } = hand;
  for (const deed of deeds) await perform(deed, hand);
  await ended(expected, hand);
  const told = await tell(hand);
  const stored = await engine.journal.payments.read(request);
  if (!stored) throw new Error('the journal does not know the payment');
  const { payment: written, calls } = stored;
  const events = await engine.journal.payments.events(request);
  const ledger = control.ledger(order);
  const problems = judgePayment(expected, { told, written, calls, events, ledger });
  const back = ledger.refundedMinor === 0 ? undefined : ledger.refundedMinor;
  return { kind: 'played', status: written.status, bookings: ledger.charges, back, problems };
}

/**
 * Creates the payment. One that was over before a busy engine looked at it was refused, and left nothing behind: it is
 * asked for again with a longer life.
 */
async function begin(
  make: (livesMs: number) => Hand['request'],
  livesMs: number,
  engine: Engine,
): Promise<Pick<Hand, 'request' | 'page'>> {
  const request = make(livesMs);
  try {
    const { action: page } = await asCallersDo(() => engine.client.payments.create(request));
    return { request, page };
  } catch (error) {
    const isLate = error instanceof PayoutInvalidError && Date.parse(request.expiresAt) <= Date.now();
    if (!isLate || livesMs > HOUR_MS) throw error;
    return begin(make, livesMs * 2, engine);
  }
}

/** A payment whose card may be charged again. */
async function leaveToken(
  id: string,
  account: AccountId,
  engine: Engine,
  subject: StartedPaymentSubject,
): Promise<PaymentId> {
  const parts = subject.request('page', 'plain');
  if (!parts) throw new Error('no page that could leave a token');
  const first = { ...asked(parts, account, id, HOUR_MS), keepCard: true };
  const { control } = subject;
  const hand: Hand = { engine, control, order: orderOf(account, id), request: first };
  await asCallersDo(() => engine.client.payments.create(first));
  await perform({ deed: 'payer', does: 'pay' }, hand);
  await until('the token of the card', PATIENCE_MS, async () => {
    const payment = await engine.journal.payments.get(first);
    return payment?.hasToken === true ? payment : undefined;
  });
  return first.paymentId;
}

function asked(
  parts: PaymentParts,
  account: AccountId,
  id: string,
  livesMs: number,
): PaymentRequestInput & PaymentKey {
  const key: PaymentKey = { merchant: MERCHANT, paymentId: id as PaymentId };
  const expiresAt = new Date(Date.now() + livesMs).toISOString();
  return { ...parts, ...key, account, orderId: id, expiresAt };
}

function orderOf(account: AccountId, id: string): OrderName {
  return { account, orderId: id as OrderId };
}

/** Until it is as expected; or has come to another end, and stays there for a while. */
async function ended({ status, history }: PaymentExpected, { engine, request }: Hand): Promise<void> {
  let otherwiseSince: number | undefined;
  await until(`the payment to be ${status}`, PATIENCE_MS, async () => {
    const payment = await engine.journal.payments.get(request);
    const events = history === undefined ? [] : await engine.journal.payments.events(request);
    const isTold = history === undefined || events.some(({ type }) => type === history);
    if (payment?.status === status && isTold) return payment;
    if (payment === undefined || !isSettledPayment(payment.status)) otherwiseSince = undefined;
    else otherwiseSince ??= performance.now();
    const isOver = performance.now() - (otherwiseSince ?? Infinity) > SECOND_THOUGHTS_MS;
    return isOver ? payment : undefined;
  });
}

/** What the client says once the workflow knows of the end; in the end, whatever it says. */
async function tell({ engine, request }: Hand): Promise<Payment> {
  const { payments } = engine.client;
  const stands = await asCallersDo(() => payments.get(request));
  return isSettledPayment(stands.status)
    ? asCallersDo(() => payments.wait(request, { timeoutMs: HEARSAY_MS }))
    : stands;
}

/** What to ask for, or in words what the provider lacks for it. */
function partsOf(
  { account, way, outcome = 'plain', faults = [], callback }: PaymentScenario,
  subject: StartedPaymentSubject,
): PaymentParts | string {
  if (subject.accounts[account] === undefined) return `no account of the kind ${named(account)}`;
  const parts = subject.request(way, outcome);
  if (parts === undefined) return `no ${outcome.replaceAll('_', ' ')} by ${way}`;
  const unplayable = faults.find(({ on, kind }) => !subject.faults[on].includes(kind));
  if (unplayable) return `its simulator cannot play this on ${unplayable.on}`;
  if (callback && !subject.callbackFaults.includes(callback))
    return 'its simulator cannot play this on callbacks';
  return parts;
}

function named(role: Role): string {
  return role.replaceAll('_', ' ');
}
