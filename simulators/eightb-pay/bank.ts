/** Where money moves, once per transaction. 8b.world /pay §6 and §10. */
import { randomBytes } from 'node:crypto';

import type { Clock } from './clock.js';
import type { Ledger } from './ledger.js';
import type { Booking, Card, Order, Status, Transaction } from './order.js';
import type { Settings } from './settings.js';
import type { Outcome } from './test-cards.js';

export interface Bank {
  /** One try of the payer, or one charge by a token. */
  charge(order: Order, card: Card, outcome: Outcome): Transaction;
  /** The payer's answer at the bank's page; nothing if none is awaited. */
  answerChallenge(transaction: Transaction, approved: boolean): Transaction;
  /** Moves a transaction, with what that means for the money, and announces it. */
  move(transaction: Transaction, status: Status, booking?: Booking['kind'], minor?: number): Transaction;
}

export interface BankParts {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly announce: (transaction: Transaction) => void;
}

const DECLINED = { words: 'Do not honor', id: '05' };
const REFUSED = { words: '3-D Secure authentication failed', id: '1A' };
const PAID_BEFORE = { words: 'The order has been paid already', id: '94' };

export function createBank({ ledger, settings, clock, announce }: BankParts): Bank {
  const { timings } = settings;
  const current = ({ id }: Transaction): Transaction | undefined => ledger.transaction(id);
  const later = (secs: number, run: () => void): void => clock.after(secs * timings.secondMs, run);

  function save(transaction: Transaction): Transaction {
    ledger.saveTransaction(transaction);
    announce(transaction);
    return transaction;
  }

  function move(
    transaction: Transaction,
    status: Status,
    kind?: Booking['kind'],
    minor = transaction.amount,
  ): Transaction {
    const more = kind === undefined ? [] : [{ kind, minor, at: clock.now() }];
    const bookings = [...transaction.bookings, ...more];
    return save({ ...transaction, status, challenged: undefined, bookings });
  }

  function fail(transaction: Transaction, failure: Transaction['failure']): Transaction {
    return move({ ...transaction, failure }, '99');
  }

  function succeed(transaction: Transaction, order: Order): Transaction {
    const { doubleCharge, twoStage, verification } = settings.shop(order.apiKey).variant;
    if (doubleCharge === 'prevented' && isTaken(order)) return fail(transaction, PAID_BEFORE);
    const kept = order.keepCard ? { ...transaction, token: keep(transaction) } : transaction;
    if (order.verification && verification === 'supported') {
      later(timings.verificationSecs, () => {
        const held = current(transaction);
        if (held?.status === '1') move(held, '2', 'release');
      });
      return move(kept, '1', 'hold');
    }
    return twoStage ? move(kept, '1', 'hold') : move(kept, '3', 'capture');
  }

  function keep({ apiKey, card }: Transaction): string {
    const token = randomBytes(20).toString('hex');
    ledger.keep({ token, apiKey, card });
    return token;
  }

  /** Money is held or was taken: nobody can pay a second time. */
  function isTaken({ apiKey, reference }: Order): boolean {
    return ledger.transactionsOf(apiKey, reference).some(({ status }) => ['1', '3', '4'].includes(status));
  }

  /** Begun and not ended: over when the order is. */
  function watch(transaction: Transaction, order: Order): void {
    clock.after(order.expiresAt - clock.now(), () => {
      const now = current(transaction);
      if (now?.status === '0') move(now, '98');
    });
  }

  function uncertain(transaction: Transaction, order: Order): Transaction {
    later(timings.uncertainSecs, () => {
      const now = current(transaction);
      if (now?.status === '8') succeed(now, order);
    });
    return move(transaction, '8');
  }

  return {
    move,
    charge: (order, card, outcome) => {
      const { apiKey, reference, amount, currency } = order;
      const begun: Transaction = {
        ...{ id: ledger.nextId(), apiKey, reference, amount, currency, card },
        ...{ status: '0', createdAt: clock.now(), bookings: [], refundedSystem: 0 },
      };
      watch(begun, order);
      switch (outcome) {
        case 'success':
          return succeed(begun, order);
        case 'failure':
          return fail(begun, DECLINED);
        case 'uncertain':
          return uncertain(begun, order);
        case 'challenge':
          return save({ ...begun, challenged: true });
        case 'stays':
          return save(begun);
      }
    },
    answerChallenge: (given, approved) => {
      const transaction = current(given) ?? given;
      const order = ledger.order(transaction.apiKey, transaction.reference);
      if (transaction.challenged !== true || transaction.status !== '0' || !order) return transaction;
      return approved ? succeed(transaction, order) : fail(transaction, REFUSED);
    },
  };
}
