/** Where money moves, once per execution. 8b Disbursement §1, §11. */
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Operation, OperationStatus } from './operation.js';
import { isFinal } from './operation.js';
import { REFUSALS } from './refusal.js';
import type { Scenario } from './scenarios.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface Bank {
  /**
   * Debits the funds and sends the money on its way.
   * @throws Refusal without funds
   */
  accept(operation: Operation): Operation;
  /** Ends an operation, or overturns its end. */
  end(operation: Operation, status: Exclude<OperationStatus, 'PROCESSING'>): Operation;
}

export interface BankParts {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly timers: Timers;
  readonly faults: Faults;
  readonly announce: (operation: Operation) => void;
}

const DECLINE_WORDS = 'recipient account is closed';

/** Those that end, but not with the answer. */
const LATER: readonly Scenario[] = ['paid_later', 'not_paid', 'callback_lost', 'paid_but_500', 'hidden'];

export function createBank({ ledger, settings, timers, faults, announce }: BankParts): Bank {
  const { timings } = settings;

  function end(operation: Operation, status: Exclude<OperationStatus, 'PROCESSING'>): Operation {
    const { service, id, minor } = operation;
    const at = Date.now();
    const paid = status === 'PAID';
    if (!paid) ledger.move({ service, type: 'IN', minor, operation: id, words: 'return' });
    // What was put back is taken once more.
    if (paid && operation.status === 'NOT_PAID')
      ledger.move({ service, type: 'OUT', minor, operation: id, words: 'payout' });
    const ended = ledger.save({
      ...operation,
      status,
      processedAt: at,
      error: paid ? undefined : DECLINE_WORDS,
      bookings: paid ? [...operation.bookings, { minor, at }] : operation.bookings,
      callback: settings.services.get(service)?.callbackUrl === undefined ? undefined : 'due',
    });
    announce(ended);
    return ended;
  }

  function endInTime(operation: Operation): Operation {
    const { service, id, scenario } = operation;
    if (scenario === 'never_ends') return operation;
    const outcome = scenario === 'not_paid' ? 'NOT_PAID' : 'PAID';
    // A callback can only come before the answer if the operation has ended by then.
    const atOnce =
      !LATER.includes(scenario) || timings.paidMs === 0 || faults.awaits('callback_early', operation);
    if (atOnce) return end(operation, outcome);
    timers.after(timings.paidMs, () => {
      const now = ledger.find(service, id);
      if (now && !isFinal(now)) end(now, outcome);
    });
    return operation;
  }

  return {
    accept: (operation) => {
      const { service, id, minor, scenario } = operation;
      if (scenario === 'insufficient_funds' || ledger.funds(service) < minor)
        throw REFUSALS.insufficientFunds;
      ledger.move({ service, type: 'OUT', minor, operation: id, words: 'payout' });
      const hiddenUntil = scenario === 'hidden' ? Date.now() + timings.notFoundMs : undefined;
      return endInTime(ledger.save({ ...operation, hiddenUntil }));
    },
    end,
  };
}
