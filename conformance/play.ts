import type { OrderId, PayoutId, PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { isFinal } from '../domain/payout-status.js';
import type { PayoutRequestInput } from '../client/index.js';
import { addCard, cardReached, type CardToAdd } from './cards.js';
import { perform, type Hand } from './deeds.js';
import type { Engine } from './engine.js';
import { judge } from './judge.js';
import { asCallersDo, PATIENCE_MS, until } from './patience.js';
import { inWords, MERCHANT, type Result } from './result.js';
import type { Deed, Expected, Scenario } from './scenario.js';
import type { LedgerEntry, OrderName, RequestParts, StartedSubject, Surroundings } from './subject.js';
import type { Role } from './words.js';

/** The journal is written first; the workflow, and so the client, hears of it later, and so may the bank. */
const HEARSAY_MS = 20_000;

/** Plays one scenario through the engine; never throws. `id` names payout and order. */
export async function play(
  scenario: Scenario,
  id: string,
  engine: Engine,
  subject: StartedSubject,
  { accountId }: Surroundings,
): Promise<Result> {
  const found = partsOf(scenario, subject);
  if (typeof found === 'string') return { kind: 'lacking', words: found };
  const { payer, ...parts } = found;
  const order: OrderName = { account: accountId(scenario.account), orderId: id as OrderId };
  try {
    const source = payer && (await storePayersCard({ id: `${id}-payer`, ...order, parts: payer }, engine));
    const key: PayoutKey = { merchant: MERCHANT, payoutId: id as PayoutId };
    const request = { ...parts, ...order, ...key, ...(source && { source }) } as PayoutRequestInput &
      PayoutKey;
    return await lead(scenario, { engine, control: subject.control, order, request });
  } catch (error) {
    return { kind: 'broken', problems: [inWords(error)] };
  }
}

/** Stores it, for the payout to take its money from. */
async function storePayersCard(
  { id, account, parts }: Omit<CardToAdd, 'purpose'>,
  engine: Engine,
): Promise<PayoutRequestInput['source']> {
  const card: CardToAdd = { id, account, purpose: 'source', parts };
  await addCard(card, engine);
  await cardReached(card, engine, ({ status }) => status === 'active');
  return { type: 'stored_card', storedCardId: id };
}

async function lead(scenario: Scenario, hand: Hand): Promise<Result> {
  const { faults = [], callback, unasked, meanwhile = [], afterwards = [], expected } = scenario;
  const { engine, control, order, request } = hand;
  await control.inject(order, faults, callback);
  if (unasked) await control.executeUnasked?.(order);
  const creating = asCallersDo(() => engine.client.create(request));
  // Handled below; until then a failure must not count as nobody's.
  creating.catch(() => undefined);
  if (meanwhile.length > 0) {
    await Promise.race([accepted(hand), creating]);
    await performAll(meanwhile, hand);
  }
  await creating;
  await settled(hand);
  await performAll(afterwards, hand);
  const written = await settled(hand);
  const told = await toldLike(written, hand);
  const attempts = await engine.journal.payouts.attempts(request);
  const ledger = await bookedAs(expected, hand);
  const problems = judge(expected, { told, written, attempts, ledger });
  return { kind: 'played', status: written.status, bookings: ledger.bookings, problems };
}

async function performAll(deeds: readonly Deed[], hand: Hand): Promise<void> {
  for (const deed of deeds) await perform(deed, hand);
}

function accepted({ engine, request }: Hand): Promise<Payout> {
  return until('the payout to be accepted', PATIENCE_MS, () => engine.journal.payouts.get(request));
}

/** The payout once it is final, or in review. */
function settled({ engine, request }: Hand): Promise<Payout> {
  return until('the payout to end', PATIENCE_MS, async () => {
    const payout = await engine.journal.payouts.get(request);
    return payout && (isFinal(payout.status) || payout.status === 'in_review') ? payout : undefined;
  });
}

/** The provider's ledger. An order that is taken may be booked only after the engine has put it before a person. */
async function bookedAs({ bookings }: Expected, { control, order }: Hand): Promise<LedgerEntry> {
  const look = async (): Promise<LedgerEntry | undefined> => {
    const ledger = await control.ledger(order);
    return ledger.bookings >= bookings ? ledger : undefined;
  };
  return until('', HEARSAY_MS, look).catch(() => control.ledger(order));
}

/** What the client says, once it has heard of the journal's last word; in the end, whatever it says. */
async function toldLike({ status }: Payout, { engine, request }: Hand): Promise<Payout> {
  const ask = (): Promise<Payout> => asCallersDo(() => engine.client.get(request));
  const agreed = until('', HEARSAY_MS, async () => {
    const told = await ask();
    return told.status === status ? told : undefined;
  });
  return agreed.catch(ask);
}

/** What to ask for, or in words what the provider lacks for it. */
function partsOf(scenario: Scenario, subject: StartedSubject): RequestParts | string {
  const {
    account,
    flow,
    outcome,
    faults = [],
    callback,
    meanwhile = [],
    afterwards = [],
    unasked,
  } = scenario;
  if (subject.accounts[account] === undefined) return `no account of the kind ${named(account)}`;
  const parts = subject.request(flow, outcome);
  if (parts === undefined) return `no ${outcome.replaceAll('_', ' ')} by ${flow.replaceAll('_', ' ')}`;
  const unplayable = faults.find(({ on, kind }) => !subject.faults[on].includes(kind));
  if (unplayable) return `its simulator cannot play this on ${unplayable.on} requests`;
  if (callback && !subject.callbackFaults.includes(callback))
    return 'its simulator cannot play this on callbacks';
  const isUnsendable = (deed: Deed): boolean =>
    deed.deed === 'odd_callback' && !subject.oddCallbacks?.includes(deed.odd);
  if ([...meanwhile, ...afterwards].some(isUnsendable)) return 'its simulator cannot send this callback';
  if (unasked && !subject.control.executeUnasked) return 'its simulator cannot play this';
  return parts;
}

function named(role: Role): string {
  return role.replaceAll('_', ' ');
}
