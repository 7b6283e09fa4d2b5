import { CapabilityLackingError, EngineUnavailableError } from '../client/errors.js';
import type { PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import { toldBy } from '../domain/told.js';
import type { StoredCallback } from '../journal/inbox-port.js';
import type { Attempt, PayoutEvent } from '../journal/port.js';
import type { Evidence } from '../schemas/review.js';
import { noSuchPayout } from './caller.js';
import type { GatewayDeps } from './deps.js';

/**
 * All that a person needs to decide about a payout: what left when, what came back, what was noted, and, if `ask`,
 * what the provider says now. A provider that cannot be reached is told of; the rest is shown all the same.
 */
export async function collectEvidence(
  { journal, client }: Pick<GatewayDeps, 'journal' | 'client'>,
  key: PayoutKey,
  ask: boolean,
): Promise<Evidence> {
  const payout = await journal.payouts.get(key);
  if (!payout) throw noSuchPayout();
  const [events, attempts, callbacks, provider] = await Promise.all([
    journal.payouts.events(key),
    journal.payouts.attempts(key),
    journal.inbox.ofOrder(payout.account, payout.orderId),
    ask ? askNow(client.accounts, payout) : undefined,
  ]);
  const since = events.findLast(({ to }) => to === 'in_review')?.at;
  return {
    payout,
    ...(payout.status === 'in_review' && since !== undefined && { since }),
    attempts: attempts.map(shownAttempt),
    callbacks: callbacks.map(shownCallback),
    notes: events.filter(isNote),
    ...(provider && { provider }),
  };
}

async function askNow(
  accounts: GatewayDeps['client']['accounts'],
  { account, merchant, payoutId }: Payout,
): Promise<Evidence['provider']> {
  const at = new Date().toISOString();
  try {
    return { kind: 'told', at, told: await accounts.orderStatus(account, { merchant, payoutId }) };
  } catch (error) {
    if (error instanceof CapabilityLackingError || error instanceof EngineUnavailableError) {
      return { kind: 'not_reached', at, why: error.message };
    }
    throw error;
  }
}

function shownAttempt({ number, step, intentAt, answeredAt, answer, notFoundAnswers }: Attempt) {
  return {
    number,
    step,
    sentAt: intentAt,
    ...(answeredAt !== undefined && { answeredAt }),
    ...(answer && { answer: toldBy(answer) }),
    notFoundAnswers,
  };
}

/** Never its body or headers: they may hold the recipient's data. */
function shownCallback({ id, receivedAt, state, proof }: StoredCallback) {
  return { id, receivedAt, state, ...(proof && { proof: proof.kind }) };
}

function isNote({ type, from, to }: PayoutEvent): boolean {
  return ['contradiction', 'correction', 'resolved'].includes(type) || [from, to].includes('in_review');
}
