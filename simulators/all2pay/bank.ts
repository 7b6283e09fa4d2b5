/** Where money moves, once per execution, and the deterministic triggers. All2pay payouts document §10.1 and §18. */
import { randomInt } from 'node:crypto';

import type { Ledger } from './ledger.js';
import type { Booking, Order } from './order.js';
import { isFinal } from './order.js';
import type { Refusal } from './refusal.js';
import { refusal } from './refusal.js';
import type { Settings } from './settings.js';
import type { Timers } from './timers.js';

/** What executing came to. Without a refusal the answer is the order's state. */
export interface Execution {
  readonly order: Order;
  readonly refusal?: Refusal | undefined;
  /** How long the answer hangs first, in ms. */
  readonly hangMs?: number | undefined;
}

export interface Bank {
  /** `amount % 1000 = 505`: the request is lost without a trace. */
  swallows(amount: number): boolean;
  execute(order: Order): Execution;
  decline(order: Order, actionCode: number): Order;
  /** Makes come true what time has brought: pending becomes paid, a page's session ends. */
  settle(order: Order): Order;
  /** Settles the order when its time comes, whoever asks or not. */
  watch(order: Order): Order;
}

export function createBank(
  ledger: Ledger,
  settings: Settings,
  timers: Timers,
  announce: (order: Order) => void,
): Bank {
  const { timings } = settings;

  function finish(order: Order): Order {
    const known = settings.logins.get(order.login)?.callback;
    const finished = ledger.save({ ...order, finishedAt: Date.now(), callback: known ? 'due' : undefined });
    announce(finished);
    return finished;
  }

  function decline(order: Order, actionCode: number): Order {
    return finish({ ...order, status: '6', actionCode });
  }

  function pay(order: Order, credits = 1): Order {
    const bookings = [...order.bookings, ...Array.from({ length: credits }, () => bookingOf(order))];
    return finish({
      ...order,
      status: '2',
      actionCode: 0,
      bookings,
      settlesAt: undefined,
      creditsDue: undefined,
    });
  }

  function payLater(order: Order, ms: number): Order {
    const creditsDue = (order.creditsDue ?? 0) + 1;
    return watch(ledger.save({ ...order, status: '7', settlesAt: Date.now() + ms, creditsDue }));
  }

  function execute(order: Order): Execution {
    const funds = settings.logins.get(order.login)?.transitBalanceMinor ?? Infinity;
    if (funds - ledger.booked(order.login) < order.amount) return { order: decline(order, 116) };
    switch (order.amount % 1000) {
      case 116:
      case 121:
      case 902:
        return { order: decline(order, order.amount % 1000) };
      case 3:
        return { order: decline(order, 2003), refusal: refusal(27) };
      case 6:
        return { order: decline(order, 5) };
      case 7:
        return { order: payLater(order, timings.pendingMs) };
      case 404:
        return {
          order: pay({ ...order, hiddenUntil: Date.now() + timings.notFoundMs }),
          refusal: refusal(26),
        };
      case 500:
        return { order: pay(order), refusal: refusal(20) };
      case 501:
        return { order: ledger.save({ ...order, status: '-1', rejected: true }), refusal: refusal(20) };
      case 504:
        return { order: pay(order), refusal: refusal(33, 'gateway'), hangMs: timings.hangMs };
      default:
        if (order.target?.maskedPhone !== undefined && timings.sbpPendingMs > 0) {
          return { order: payLater(order, timings.sbpPendingMs) };
        }
        return { order: pay(order) };
    }
  }

  function settle(order: Order): Order {
    const now = Date.now();
    if (order.status === '7' && order.settlesAt !== undefined && order.settlesAt <= now) {
      return pay(order, order.creditsDue);
    }
    if (order.status === '0' && order.expiresAt !== undefined && order.expiresAt <= now) {
      return decline(order, -2007);
    }
    return order;
  }

  function watch(order: Order): Order {
    const due = order.status === '7' ? order.settlesAt : order.expiresAt;
    if (due === undefined || isFinal(order)) return order;
    // One ms late rather than early: a timer may fire before the clock shows its time.
    timers.after(due - Date.now() + 1, () => {
      const now = ledger.find(order.login, order.orderNumber);
      if (now) settle(now);
    });
    return order;
  }

  return { swallows: (amount) => amount % 1000 === 505, execute, decline, settle, watch };
}

function bookingOf(order: Order): Booking {
  const refNum = String(randomInt(10 ** 12)).padStart(12, '0');
  return { refNum, amount: order.amount, currency: order.currency, at: Date.now() };
}
