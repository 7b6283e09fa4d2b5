import type { AccountId, MerchantId, OrderId, PayoutId, PayoutKey } from '../domain/ids.js';
import type { Payout } from '../domain/payout.js';
import type { SealedPayoutRequest } from '../domain/payout-request.js';
import type { Change, Decision, Standing } from '../journal/decision.js';
import { IllegalMoveError, mayHaveLeft, type Attempt, type StoredPayout } from '../journal/port.js';
import type { JournalEffect, Reply } from './effect.js';
import type { Machine } from './machine.js';

/** The grace period. Of time only this is known: is it over since an intent? */
export const GRACE_MS = 1000;

const NOW = new Date(GRACE_MS).toISOString();
const LONG_AGO = new Date(0).toISOString();

/** So many "not found" in a row are asked for before they count. */
export const MIN_NOT_FOUND = 2;

const account = 'acme' as AccountId;
export const KEY: PayoutKey = { merchant: 'acme' as MerchantId, payoutId: 'P-1' as PayoutId };

export const REQUEST: SealedPayoutRequest = {
  ...KEY,
  account,
  amount: { minor: 10_000, currency: 'RUB' },
  destination: { type: 'hosted_page' },
};

/** A payout as it was accepted. Its version is kept beside it, in the joint state. */
export const ACCEPTED: Standing = {
  payout: {
    ...KEY,
    account,
    provider: 'model',
    orderId: 'order-1' as OrderId,
    amount: REQUEST.amount,
    destination: 'hosted page',
    status: 'created',
    version: 0,
    createdAt: NOW,
    updatedAt: NOW,
  },
  attempts: [],
};

/** What one journal statement did. */
export interface Written {
  readonly standing: Standing;
  /** Did it write an event? Then the payout's version has grown. */
  readonly wrote: boolean;
  /** For the caller, with `version` in every payout that it gets. */
  readonly reply: Reply;
}

/**
 * One method of the journal's port on a standing in memory: the decision is the machine's, made and written as one
 * step, as `journal/change.ts` does in one statement.
 */
export function apply(machine: Machine, standing: Standing, effect: JournalEffect, version: number): Written {
  const decided = <Result>(decision: Decision<Result>): Written => {
    const after = decision.change ? written(standing, decision.change) : standing;
    const value = decision.result({ ...after.payout, version });
    return { standing: after, wrote: decision.change !== undefined, reply: { value } };
  };
  try {
    switch (effect.kind) {
      case 'read': {
        const { payout, attempts } = standing;
        const stored: StoredPayout = {
          payout: { ...payout, version },
          request: REQUEST,
          attempts: machine.attemptsRead(attempts),
          readAt: NOW,
        };
        return { standing, wrote: false, reply: { value: stored } };
      }
      case 'begin': {
        const { step, resendOf } = effect;
        return decided(machine.beginAttempt(standing, { step, resendOf, requestFingerprint: '' }));
      }
      case 'end':
        return decided(machine.endAttempt(standing, KEY, effect.number, effect.answer));
      case 'count':
        return counted(standing, effect);
      case 'record': {
        const change = machine.followProgress(standing, effect.progress, { actor: effect.actor });
        return decided({ change, result: (payout) => payout });
      }
      case 'change':
        return decided(
          machine.changeStatus(standing, effect.to, undefined, { actor: effect.actor }, effect.from),
        );
      case 'close': {
        const reason = { code: effect.to, message: '' };
        return decided(machine.closeUnsent(standing, { to: effect.to, reason }, { actor: 'engine' }));
      }
    }
  } catch (error) {
    if (error instanceof IllegalMoveError) {
      return { standing, wrote: false, reply: { illegal: [error.from, error.to] } };
    }
    return { standing, wrote: false, reply: { error: error instanceof Error ? error.name : 'error' } };
  }
}

/** A grace period later. */
export function aged(standing: Standing): Standing {
  return { ...standing, attempts: standing.attempts.map((attempt) => ({ ...attempt, intentAt: LONG_AGO })) };
}

/** Is the grace period of an attempt over? */
export function isOld({ intentAt }: Attempt): boolean {
  return intentAt === LONG_AGO;
}

/** As `journal/not-found.ts`; counted no further than anybody asks. */
function counted(standing: Standing, { number, said }: Extract<JournalEffect, { kind: 'count' }>): Written {
  let value = 0;
  const attempts = standing.attempts.map((attempt) => {
    if (attempt.number !== number) return attempt;
    value = said === 'found' ? 0 : Math.min(attempt.notFoundAnswers + 1, MIN_NOT_FOUND);
    return { ...attempt, notFoundAnswers: value };
  });
  return { standing: { ...standing, attempts }, wrote: false, reply: { value } };
}

/** As the one statement of `journal/change.ts` writes it; without the words, which decide nothing. */
function written({ payout, attempts, lastContradiction }: Standing, change: Change): Standing {
  const { position, intent, answer, events } = change;
  const contradiction = events.findLast((event) => event.type === 'contradiction');
  const begun: readonly Attempt[] = intent
    ? [...attempts.map(superseded), { ...intent, orderId: payout.orderId, intentAt: NOW, notFoundAnswers: 0 }]
    : attempts;
  const said = contradiction ? wordless(contradiction.data) : lastContradiction;
  return {
    payout: position ? positioned(payout, position) : payout,
    attempts: answer
      ? begun.map((attempt) =>
          attempt.number === answer.number ? { ...attempt, answer: wordless(answer.answer) } : attempt,
        )
      : begun,
    ...(said !== undefined && { lastContradiction: said }),
  };
}

/** Of a sent attempt that another one follows nobody asks any more how old it is, or how often it was not found. */
function superseded(attempt: Attempt): Attempt {
  return mayHaveLeft(attempt) ? { ...attempt, intentAt: LONG_AGO, notFoundAnswers: 0 } : attempt;
}

function positioned(payout: Payout, { status, action, reference }: NonNullable<Change['position']>): Payout {
  const { action: _action, reason: _reason, reference: _reference, ...rest } = payout;
  return { ...rest, status, ...(action && { action }), ...(reference !== undefined && { reference }) };
}

/** Codes and messages decide nothing, and would tell states apart that have one future. */
function wordless<Said>(said: Said): Said {
  const json = JSON.stringify(said, (name, value: unknown) =>
    name === 'message' || name === 'code' ? '' : value,
  );
  return JSON.parse(json) as Said;
}
