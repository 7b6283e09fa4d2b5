import { describe, expect, it } from 'vitest';
import { reconcilePayments, type PaymentReportLine } from '../../domain/payment-report.js';
import type { PaymentTransaction } from '../../domain/payment-transaction.js';
import type { Payment } from '../../domain/payment.js';

const SPAN = { from: '2026-07-01T00:00:00.000Z', to: '2026-07-02T00:00:00.000Z' };

const line = (changes: Partial<PaymentReportLine> = {}): PaymentReportLine => ({
  ...{ transactionId: '197', orderId: 'o-1', createdAt: '2026-07-01T09:00:00.000Z' },
  ...{ status: 'paid', providerStatus: '3', minor: 1_000, currency: 'USD' },
  ...changes,
});
const paid: PaymentTransaction = {
  ...{ id: '197', status: 'paid', providerStatus: '3' },
  amount: { minor: 1_000, currency: 'USD' },
};
const payment = (changes: Partial<Payment> = {}): Payment =>
  ({
    ...{ merchant: 'acme', paymentId: 'p-1', orderId: 'o-1', transactions: [paid] },
    ...{ createdAt: '2026-07-01T08:59:00.000Z', updatedAt: '2026-07-01T09:01:00.000Z' },
    ...changes,
  }) as Payment;
const verdicts = (lines: readonly PaymentReportLine[], payments: readonly Payment[]) =>
  reconcilePayments(lines, payments, SPAN).map(({ verdict, differences }) => [verdict, ...differences]);

describe('a report, joined with the journal', () => {
  it('matches where status and amount are the same', () => {
    expect(verdicts([line()], [payment()])).toEqual([['match']]);
  });

  it('goes by what was charged, where that is another currency', () => {
    const charged = { ...paid, charged: { minor: 40_000, currency: 'RUB' } } as const;
    const hryvnias = line({ minor: 40_000, currency: 'RUB' });
    expect(verdicts([hryvnias], [payment({ transactions: [charged] })])).toEqual([['match']]);
  });

  it('says in words what differs', () => {
    expect(verdicts([line({ status: 'refunded', minor: 999 })], [payment()])).toEqual([
      ['differs', 'status: refunded there, paid here', 'amount: 9.99 USD there, 10.00 USD here'],
    ]);
  });

  it('tells what the journal does not know: the order, or one of its transactions', () => {
    expect(verdicts([line({ orderId: 'o-2' })], [])).toEqual([['unknown_to_us']]);
    expect(verdicts([line(), line({ transactionId: '198' })], [payment()])).toEqual([
      ['match'],
      ['unknown_to_us'],
    ]);
  });

  it('tells what the report lacks, if all of it happened within its time', () => {
    expect(verdicts([], [payment()])).toEqual([['missing_at_provider']]);
    expect(verdicts([], [payment({ createdAt: '2026-06-30T23:59:59.000Z' })])).toEqual([]);
    expect(verdicts([], [payment({ updatedAt: '2026-07-02T00:00:01.000Z' })])).toEqual([]);
  });
});
