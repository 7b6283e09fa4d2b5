import { describe, expect, it } from 'vitest';
import { PLAYABLE, PLAYABLE_CALLBACKS, simulatorFaults } from '../../conformance/eightb-pay/faults.js';
import { OUR_SIDE } from '../../conformance/eightb-pay/variants.js';
import {
  FAULTS_ON,
  PAYMENT_CALLBACK_FAULTS,
  PAYMENT_FAULTS,
  PAYMENT_SCENARIO_GROUPS,
  type PaymentCallbackFaultKind,
} from '../../conformance/index.js';
import { judgePayment, type PaymentTestimony } from '../../conformance/payments/judge.js';
import { PAYMENT_SHORT_SET } from '../../conformance/payments/scenarios/variant.js';
import type { AccountId, OperationId } from '../../domain/ids.js';
import type { Payment } from '../../domain/payment.js';
import type { PaymentCallRecord } from '../../journal/payments/port.js';
import { EIGHTB_PAY_VARIANTS, PAY_CALLBACK_FAULTS, PAY_WIRE_FAULTS } from '../../simulators/index.js';

const SCENARIOS = PAYMENT_SCENARIO_GROUPS.flatMap(({ scenarios }) => scenarios);

describe('the suite of payments', () => {
  it('names each scenario once', () => {
    const names = [...SCENARIOS, ...PAYMENT_SHORT_SET].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('asks for every kind of fault somewhere, and each request meets some', () => {
    const asked = SCENARIOS.flatMap(({ faults = [] }) => faults);
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(Object.keys(PAYMENT_FAULTS)));
    expect(new Set(asked.map(({ on }) => on))).toEqual(new Set(FAULTS_ON));
    const callbacks = SCENARIOS.flatMap(({ callback }) => callback ?? []);
    expect(new Set(callbacks)).toEqual(new Set(Object.keys(PAYMENT_CALLBACK_FAULTS)));
  });

  it('plays every fault that the simulator can play', () => {
    const target = { reference: 'o', apiKey: 'k' };
    const played = SCENARIOS.flatMap(({ faults = [], callback }) =>
      simulatorFaults(target, faults, callback),
    );
    const kinds = new Set(played.map(({ kind }) => kind));
    expect([...PAY_WIRE_FAULTS, ...PAY_CALLBACK_FAULTS].filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(PLAYABLE_CALLBACKS).toEqual(Object.keys(PAYMENT_CALLBACK_FAULTS) as PaymentCallbackFaultKind[]);
    for (const { faults = [] } of SCENARIOS)
      for (const { on, kind } of faults) expect(PLAYABLE[on]).toContain(kind);
  });

  it('plays every variant of the simulator, with our side of it', () => {
    expect(Object.keys(OUR_SIDE).sort()).toEqual(EIGHTB_PAY_VARIANTS.map(({ name }) => name).sort());
  });

  it('says otherwise only of rows that a variant plays', () => {
    for (const { otherwise = {}, more = [] } of Object.values(OUR_SIDE)) {
      const names = [...PAYMENT_SHORT_SET, ...more].map(({ name }) => name);
      for (const name of Object.keys(otherwise)) expect(names).toContain(name);
    }
  });
});

describe('a judgement of a payment', () => {
  const written = {
    status: 'succeeded',
    purpose: 'payment',
    amount: { minor: 100, currency: 'USD' },
    account: 'a' as AccountId,
    transactions: [],
    operations: [],
  } as unknown as Payment;
  const call: PaymentCallRecord = {
    ...{ number: 1, kind: 'start', requestFingerprint: 'f', intentAt: '', answeredAt: '' },
    answer: { kind: 'unknown', code: 'reset', message: '' },
  };
  const none = { start: 0, token: 0, refund: 0, void: 0, complete: 0, status: 0 };
  const good: PaymentTestimony = {
    told: written,
    written,
    calls: [call],
    events: [],
    ledger: {
      ...{ charges: 1, chargedMinor: 100, refundedMinor: 0, heldMinor: 0 },
      requests: { ...none, start: 1 },
    },
  };
  const judged = (changes: Partial<PaymentTestimony>) =>
    judgePayment({ status: 'succeeded', charges: 1 }, { ...good, ...changes }).join('\n');
  const ledger = (changes: Partial<PaymentTestimony['ledger']>) => ({
    ledger: { ...good.ledger, ...changes },
  });
  const refund: PaymentCallRecord = { ...call, kind: 'refund', operationId: 'r' as OperationId };

  it('finds nothing wrong where all sides agree', () => {
    expect(judged({})).toBe('');
  });

  it.each<[string, Partial<PaymentTestimony>, RegExp]>([
    ['charged twice', ledger({ charges: 2, chargedMinor: 200 }), /charged 2 times[^]*keeps 200/],
    ['not charged', ledger({ charges: 0, chargedMinor: 0 }), /keeps 0, the journal says 100/],
    ['declined by us, but paid', { written: { ...written, status: 'declined' } }, /keeps 100.* says 0/],
    ['given back unknown to us', ledger({ refundedMinor: 40 }), /40 went back[^]*keeps 60/],
    ['ended, but held', ledger({ heldMinor: 100 }), /but 100 is held/],
    ['told otherwise', { told: { ...written, status: 'processing' } }, /the client says/],
    ['a request without its intent', { calls: [] }, /journal has 0 calls of start, the provider saw 1/],
    ['other bytes', { calls: [call, { ...call, requestFingerprint: 'g' }] }, /with other bytes/],
    ['an operation sent twice', { calls: [call, refund, refund] }, /operation was sent more than once/],
    [
      'charged by token twice',
      {
        calls: [
          { ...call, kind: 'recurrent' },
          { ...call, kind: 'recurrent' },
        ],
      },
      /by token more than once/,
    ],
  ])('tells: %s', (_what, changes, words) => {
    expect(judged(changes)).toMatch(words);
  });
});
