/** Where money moves, once per execution. All2pay payouts document §7, §10.1 and §18. */
import { randomInt } from 'node:crypto';

import type { Clock } from './clock.js';
import type { Ledger } from './ledger.js';
import type { Booking, Order } from './order.js';
import { isFinal } from './order.js';
import type { Refusal } from './refusal.js';
import { refusal } from './refusal.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';
import { triggerOf } from './triggers.js';

/** What executing came to. Without a refusal the answer is the order's state. */
export interface Execution {
  readonly order: Order;
  readonly refusal?: Refusal | undefined;
  /** How long the answer hangs first, in ms. */
  readonly hangMs?: number | undefined;
}

export interface Bank {
  execute(order: Order): Execution;
  decline(order: Order, actionCode: number): Order;
  /** The person's answer to the order's challenge; nothing if none is open. */
  answerChallenge(order: Order, approved: boolean): Order;
  /** Makes come true what time has brought: pending becomes paid, a page's session or a challenge ends. */
  settle(order: Order): Order;
  /** Settles the order when its time comes, whoever asks or not. */
  watch(order: Order): Order;
}

export interface BankParts {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly announce: (order: Order) => void;
}

export function createBank({ ledger, settings, timers, clock, announce }: BankParts): Bank {
  const { timings, variantOf } = settings;

  function finish(order: Order): Order {
    const known = settings.logins.get(order.login)?.callback;
    const finished = ledger.save({ ...order, finishedAt: clock.now(), callback: known ? 'due' : undefined });
    announce(finished);
    return finished;
  }

  function decline(order: Order, actionCode: number): Order {
    return finish({ ...order, status: '6', actionCode });
  }

  /** A decline on the hosted page, where the person may have another try. */
  function refuse(order: Order, actionCode: number): Order {
    if (order.flow !== 'page' || !variantOf(order.login).formRetries) return decline(order, actionCode);
    const declinedTries = (order.declinedTries ?? 0) + 1;
    return ledger.save({ ...order, status: '0', actionCode, declinedTries });
  }

  function pay(order: Order, credits = 1): Order {
    const bookings = [...order.bookings, ...Array.from({ length: credits }, () => bookingOf(order))];
    return finish({ ...order, ...NOTHING_PENDING, status: '2', actionCode: 0, bookings });
  }

  function bookingOf({ login, amount, currency }: Order): Booking {
    const { feeMinor, feeMode } = variantOf(login);
    const feeBeside = feeMode === 'added' && feeMinor > 0 ? feeMinor : undefined;
    const refNum = String(randomInt(10 ** 12)).padStart(12, '0');
    return { refNum, amount, currency, at: clock.now(), feeBeside };
  }

  function payLater(order: Order, ms: number, pendingAs?: Order['pendingAs']): Order {
    const creditsDue = (order.creditsDue ?? 0) + 1;
    const pendingSince = Date.now();
    const settlesAt = pendingSince + ms;
    return watch(ledger.save({ ...order, status: '7', settlesAt, creditsDue, pendingAs, pendingSince }));
  }

  function challenge(order: Order): Order {
    const { challengeExpiry } = variantOf(order.login);
    const expiresAt = challengeExpiry === 'never' ? undefined : Date.now() + timings.threeDsMs;
    return watch(
      ledger.save({ ...order, status: '5', challenge: { mdOrder: order.bankOrderId, expiresAt } }),
    );
  }

  function lacksFunds({ login, source, amount }: Order): boolean {
    const funds = settings.logins.get(login)?.transitBalanceMinor;
    if (source || funds === undefined) return false;
    const { feeMinor, feeMode } = variantOf(login);
    const needed = amount + (feeMode === 'added' ? feeMinor : 0);
    return funds - ledger.money.booked(login) - ledger.money.reserved(login) < needed;
  }

  function execute(order: Order): Execution {
    if (lacksFunds(order)) return { order: refuse(order, 116) };
    const trigger = (order.declinedTries ?? 0) > 0 ? undefined : triggerOf(order.amount);
    switch (trigger) {
      case 'insufficient_funds':
        return { order: refuse(order, 116) };
      case 'limit':
        return { order: refuse(order, 121) };
      case 'restricted':
        return { order: refuse(order, 902) };
      case 'network_refusal':
        return { order: refuse(order, 5) };
      case '3ds':
        if (order.source && variantOf(order.login).threeDs !== 'unsupported')
          return { order: challenge(order) };
        return { order: decline(order, 2003), refusal: refusal(27) };
      case 'pending':
        return { order: payLater(order, timings.pendingMs) };
      case 'hidden':
        return {
          order: pay({ ...order, hiddenUntil: Date.now() + timings.notFoundMs }),
          refusal: refusal(26),
        };
      case 'paid_but_500':
        return { order: pay(order), refusal: refusal(20) };
      case 'unpaid_and_500':
        return { order: ledger.save({ ...order, status: '-1', rejected: true }), refusal: refusal(20) };
      case 'paid_but_hangs':
        return { order: pay(order), refusal: refusal(33, 'gateway'), hangMs: timings.hangMs };
      default:
        return { order: order.target?.maskedPhone === undefined ? pay(order) : payBySbp(order) };
    }
  }

  function payBySbp(order: Order): Order {
    const { sbpPendingMs, pendingMs } = timings;
    if (variantOf(order.login).sbpStatuses === 'async')
      return payLater(order, sbpPendingMs || pendingMs, ['-1', '0', '7']);
    return sbpPendingMs > 0 ? payLater(order, sbpPendingMs) : pay(order);
  }

  function endSession(order: Order): Order {
    const { sessionExpiry } = variantOf(order.login);
    if (sessionExpiry === 'declined') return decline(order, -2007);
    return sessionExpiry === 'rejected' ? ledger.save({ ...order, status: '-1', rejected: true }) : order;
  }

  function settle(order: Order): Order {
    const due = dueAt(order);
    if (due === undefined || due > Date.now()) return order;
    if (order.status === '7') return pay(order, order.creditsDue);
    return order.status === '5' ? decline(order, -2007) : endSession(order);
  }

  function watch(order: Order): Order {
    const due = dueAt(order);
    if (due === undefined) return order;
    // One ms late rather than early: a timer may fire before the clock shows its time.
    timers.after(due - Date.now() + 1, () => {
      const now = ledger.find(order.login, order.orderNumber);
      if (now) settle(now);
    });
    return order;
  }

  return {
    execute,
    decline,
    answerChallenge: (given, approved) => {
      const order = settle(given);
      if (order.status !== '5') return order;
      return approved ? pay(order) : decline(order, -2006);
    },
    settle,
    watch,
  };
}

const NOTHING_PENDING = {
  settlesAt: undefined,
  creditsDue: undefined,
  pendingAs: undefined,
  pendingSince: undefined,
};

/** When time alone changes the order. */
function dueAt(order: Order): number | undefined {
  if (isFinal(order)) return undefined;
  if (order.status === '7') return order.settlesAt;
  return order.status === '5' ? order.challenge?.expiresAt : order.expiresAt;
}
