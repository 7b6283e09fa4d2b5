/** What becomes of orders, and where money moves: once per execution. Payneteasy §7 and §12. */
import { randomBytes } from 'node:crypto';

import type { Ledger } from './ledger.js';
import type { Order, Status } from './order.js';
import { isFinal } from './order.js';
import type { Settings } from './settings.js';
import type { Timers } from '../timers.js';

export interface Bank {
  /** payout and payout-by-ref: the order takes its course. */
  execute(order: Order): void;
  /** payout-check: it will be ready, or declined. */
  check(order: Order): void;
  /** payout-pay: a ready order takes its course. */
  pay(order: Order): void;
  /** The receiver's answer; false if no form is open. */
  answerForm(order: Order, approve: boolean): boolean;
  /** A status is about to tell how the order stands. */
  told(order: Order): void;
}

export interface BankParts {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly timers: Timers;
  /** A status that callbacks are sent of. */
  readonly announce: (order: Order) => void;
  /** What is told to `notify_url` alone. */
  readonly announceLater: (order: Order) => void;
  /** Must the order end before its request is answered? */
  readonly endsAtOnce: (order: Order) => boolean;
  /** Is a checked order paid without a payout-pay? */
  readonly paysUnasked: (order: Order) => boolean;
}

const CODES: Readonly<Record<string, readonly [code: string, message: string]>> = {
  declined: ['1001', 'Transaction declined by the bank'],
  filtered: ['204', 'Blocked by fraud filter'],
  error: ['1012', 'Processor gave a system error'],
};

export function createBank(parts: BankParts): Bank {
  const { ledger, settings, timers, announce, announceLater, endsAtOnce, paysUnasked } = parts;
  const { timings, variantOf, waitsFromTold } = settings;
  /** What begins once an order's state was told. */
  const waiting = new WeakMap<Order, () => void>();

  function after(order: Order, ms: number, run: () => void): void {
    if (ms <= 0 || endsAtOnce(order)) run();
    else timers.after(ms, run);
  }

  /** Beginning at once, or when the state that the order is in was told. */
  function afterKnown(order: Order, ms: number, run: () => void): void {
    const begin = (): void => timers.after(ms, run);
    if (waitsFromTold) waiting.set(order, begin);
    else begin();
  }

  function end(order: Order, status: Status): void {
    if (isFinal(order)) return;
    Object.assign(order, { status, stage: `payout_${status}`, phase: 'over', form: undefined });
    [order.errorCode, order.errorMessage] = CODES[status] ?? [undefined, undefined];
    announce(order);
  }

  function approve(order: Order): void {
    if (isFinal(order)) return;
    if (lacksFunds(order)) return end(order, 'declined');
    book(order);
    end(order, 'approved');
    if (order.scenario.reversed) timers.after(timings.reversalMs, () => reverse(order));
  }

  function book(order: Order): void {
    order.kind = 'payout';
    ledger.book(order);
  }

  function reverse(order: Order): void {
    order.kind = 'reversal';
    order.stage = 'reversal_approved';
    for (const booking of order.bookings) booking.reversed = true;
    announceLater(order);
  }

  function lacksFunds({ login, currency, amountMinor }: Order): boolean {
    const funds = settings.merchants.get(login)?.fundsMinor;
    return funds !== undefined && (funds[currency] ?? 0) - ledger.bookedMinor(login, currency) < amountMinor;
  }

  function openForm(order: Order): void {
    order.form = { token: randomBytes(12).toString('hex') };
    order.stage = 'payout_redirect';
    if (variantOf(order.login).redirectExpiry === 'never') return;
    afterKnown(order, timings.redirectMs, () => {
      if (order.form) end(order, 'declined');
    });
  }

  /** "unknown" is told by a callback as well, and is not the end. */
  function doubt(order: Order): void {
    Object.assign(order, { status: 'unknown', stage: 'payout_unknown' });
    announce(order);
    const { unknownEnds } = variantOf(order.login);
    if (unknownEnds === 'never') return;
    timers.after(timings.unknownMs, () =>
      unknownEnds === 'approved' ? approve(order) : end(order, 'declined'),
    );
  }

  function fail(order: Order): void {
    end(order, 'error');
    if (variantOf(order.login).errorTurns === 'never') return;
    afterKnown(order, timings.errorTurnsMs, () => {
      book(order);
      order.phase = 'paying';
      end(order, 'approved');
    });
  }

  function takeCourse(order: Order): void {
    Object.assign(order, {
      kind: 'payout',
      phase: 'paying',
      stage: 'payout_processing',
      status: 'processing',
    });
    const { approveMs, declineMs, lateMs } = timings;
    switch (order.scenario.course) {
      case 'approved':
        return after(order, approveMs, () => approve(order));
      case 'approved_late':
        return after(order, lateMs, () => approve(order));
      case 'declined':
      case 'filtered': {
        const { course } = order.scenario;
        return after(order, declineMs, () => end(order, course));
      }
      case 'error':
        return after(order, declineMs, () => fail(order));
      case 'form':
      case 'form_abandoned':
        return openForm(order);
      case 'unknown_first':
        return after(order, declineMs, () => doubt(order));
      case 'for_ever':
        return undefined;
    }
  }

  return {
    execute: takeCourse,
    check: (order) => {
      Object.assign(order, { kind: 'check', phase: 'checking', stage: 'payout_checking' });
      after(order, timings.checkMs, () => {
        const { course } = order.scenario;
        const declines = course === 'declined' || course === 'filtered' || course === 'error';
        if (declines && variantOf(order.login).declinesAt === 'check') return end(order, course);
        if (paysUnasked(order)) return takeCourse(order);
        Object.assign(order, { phase: 'ready', stage: 'payout_checked' });
        if (variantOf(order.login).readyAs === 'approved_check') order.status = 'approved';
      });
    },
    pay: takeCourse,
    answerForm: (order, approved) => {
      if (!order.form || isFinal(order)) return false;
      // Scenario 05: the receiver is not one to fill forms in.
      if (order.scenario.course === 'form_abandoned') return false;
      if (approved) approve(order);
      else end(order, 'declined');
      return true;
    },
    told: (order) => {
      waiting.get(order)?.();
      waiting.delete(order);
    },
  };
}
