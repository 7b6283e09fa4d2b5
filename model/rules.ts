import { isFinal, type PayoutStatus } from '../domain/payout-status.js';
import { mayHaveLeft, type Attempt } from '../journal/port.js';
import type { Configuration } from './configuration.js';
import type { Fact } from './network.js';
import type { Journal } from './journal.js';
import { isOld, MIN_NOT_FOUND } from './ledger.js';
import { isAlive } from './provider.js';
import type { Violation } from './search.js';
import type { World } from './world.js';

/** Ends that say that no money moved. */
const UNPAID: ReadonlySet<PayoutStatus> = new Set(['declined', 'failed', 'cancelled', 'expired']);

/** The only ways out of a final state. Said here once more: the rules do not ask the engine what they are. */
const CORRECTIONS: ReadonlySet<string> = new Set(['declined → succeeded', 'succeeded → returned']);

export type Rules = (
  world: World,
  step?: { readonly before: World; readonly fact?: Fact | undefined },
) => Violation | undefined;

/**
 * The money rules (docs/architecture.md) as questions about a joint state and the transition that led to it. They look
 * at what is true, never at what the engine believes.
 */
export function createRules(config: Configuration, journal: Journal): Rules {
  return (world, step) => {
    const { payout, attempts } = journal.standing(world);
    const fact = step?.fact;
    const earlier = step && journal.standing(step.before);
    return (
      (step && earlier && moved(earlier.payout.status, payout.status, step.before)) ??
      (earlier && unlearnt(earlier.attempts, attempts)) ??
      (step && earlier && fact?.kind === 'intent'
        ? resent(fact.step, earlier.attempts, step.before, config)
        : undefined) ??
      (step && fact?.kind === 'leaves'
        ? left(fact, attempts, payout.orderId, step.before, config)
        : undefined) ??
      booked(payout.status, world)
    );
  };
}

/** Rule 1: at most one booking; `succeeded` means exactly one, the other ends none. In every state, not at rest alone. */
function booked(status: PayoutStatus, { provider: { bookings } }: World): Violation | undefined {
  if (bookings > 1) return { rule: 'rule 1', what: `the payout is booked ${bookings} times` };
  if (UNPAID.has(status) && bookings > 0) return { rule: 'rule 1', what: `it is ${status}, and booked` };
  if (status === 'succeeded' && bookings === 0)
    return { rule: 'rule 1', what: 'it succeeded, and is not booked' };
  return undefined;
}

/** Rule 6: who left a final state? Rule 3: was what closed it known? */
function moved(
  from: PayoutStatus,
  to: PayoutStatus,
  { provider, truth, inFlight }: World,
): Violation | undefined {
  if (from === to) return undefined;
  if (isFinal(from) && !CORRECTIONS.has(`${from} → ${to}`))
    return { rule: 'rule 6', what: `${from} became ${to}` };
  if (!UNPAID.has(to) || !truth.left) return undefined;
  const refused = truth.refused || ['declined', 'expired', 'mendable'].includes(provider.order);
  // An operator, who tells the truth, may say so of what the provider does not know.
  const isSure = to === 'declined' && !isAlive(provider) && inFlight.length === 0;
  if (refused || isSure) return undefined;
  return {
    rule: 'rule 3',
    what: `a request of unknown outcome left, and it is ${to} without the provider's proof`,
  };
}

/** Rule 3: what is known of an attempt only grows. */
function unlearnt(before: readonly Attempt[], after: readonly Attempt[]): Violation | undefined {
  if (before === after) return undefined;
  for (const { number, answer } of before) {
    const now = after.find((attempt) => attempt.number === number)?.answer?.kind;
    if (answer === undefined || now === answer.kind || (answer.kind === 'unknown' && now === 'answered'))
      continue;
    return { rule: 'rule 3', what: `attempt ${number} was ${answer.kind} and is now ${now ?? 'open'}` };
  }
  return undefined;
}

/** Rule 4: what another request of a step needs, once one may have left. */
function resent(
  step: Attempt['step'],
  attempts: readonly Attempt[],
  { truth, provider }: World,
  { resendAfterNotFound, pauses }: Configuration,
): Violation | undefined {
  const sent = attempts.filter((attempt) => attempt.step === step && mayHaveLeft(attempt));
  const last = sent.at(-1);
  if (!last) return undefined;
  const broken = (what: string): Violation => ({ rule: 'rule 4', what: `another ${step} was begun ${what}` });
  // Whoever stands still may act on answers that are out of date: only the provider can make that safe (rule 1).
  if (resendAfterNotFound === 'auto' && pauses === 'any') return undefined;
  // As many as the account wants, and one more right before the request leaves.
  const wanted = MIN_NOT_FOUND + 1;
  if (truth.unheard < wanted) return broken(`after ${truth.unheard} of ${wanted} "not found"`);
  if (provider.order === 'mendable' && resendAfterNotFound !== 'never') return undefined;
  if (resendAfterNotFound !== 'auto') return broken('though the account does not allow it');
  return isOld(last) ? undefined : broken('within the grace period');
}

/** Rules 2 and 4: the intent is committed, under the one order id. Rule 3: none before it may still be alive. */
function left(
  { number, step, orderId }: Extract<Fact, { kind: 'leaves' }>,
  attempts: readonly Attempt[],
  ours: string,
  { provider, inFlight }: World,
  { resendAfterNotFound, pauses }: Configuration,
): Violation | undefined {
  if (!attempts.some((attempt) => attempt.number === number)) {
    return { rule: 'rule 2', what: `request ${number} left, and the journal has no intent of it` };
  }
  if (orderId !== ours) return { rule: 'rule 4', what: `request ${number} left under another order id` };
  // The same of a sender that wakes up after the grace period and meets its successor.
  if (resendAfterNotFound === 'auto' && pauses === 'any') return undefined;
  const isTaken = step === 'register' ? provider.order !== 'none' : isAlive(provider);
  if (!inFlight.includes(step) && !isTaken) return undefined;
  return { rule: 'rule 3', what: `request ${number} left while one before it may still be alive` };
}
