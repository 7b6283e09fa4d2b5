import { describe, expect, it } from 'vitest';
import { PLAYABLE, PLAYABLE_CALLBACKS, simulatorFaults } from '../../conformance/all2pay/faults.js';
import { NARROW, OUR_SIDE } from '../../conformance/all2pay/variants.js';
import { NARROW as EIGHTB_NARROW } from '../../conformance/eightb-disbursement/variants.js';
import { NARROW as PAYNETEASY_NARROW } from '../../conformance/payneteasy/variants.js';
import { CALLBACK_FAULTS, FAULTS, type CallbackFaultKind, type FaultKind } from '../../conformance/index.js';
import { judge, type Testimony } from '../../conformance/judge.js';
import { createLimiter } from '../../conformance/limiter.js';
import { SUITE } from '../../conformance/scenarios/index.js';
import type { AccountId } from '../../domain/ids.js';
import type { Payout } from '../../domain/payout.js';
import {
  EIGHTB_DISBURSEMENT_VARIANTS,
  PAYNETEASY_VARIANTS,
  ALL2PAY_VARIANTS,
  CALLBACK_FAULTS as SENT,
  WIRE_FAULTS,
} from '../../simulators/index.js';

/** What the simulator can play and no scenario asks for, and why. */
const NOT_ASKED_FOR = {
  // The same to us as `row` 9 on the status.
  status_not_found: 'not_found',
  // A provider that first denies and then proves a payment: no callback of its proves anything, so nobody asks again.
  status_wrong: undefined,
  // By hand, after the end: then it is late whatever the machine's load.
  callback_delay: undefined,
} as const;

describe('the suite', () => {
  it('names each scenario once', () => {
    const names = SUITE.flatMap(({ names: called }) => called);
    expect(new Set(names).size).toBe(names.length);
  });

  it('plays every fault that the simulator can play', () => {
    const kinds = Object.keys(FAULTS) as FaultKind[];
    const asked = (['money', 'store', 'status'] as const).flatMap((on) =>
      simulatorFaults(
        { orderNumber: 'o', login: 'l' },
        PLAYABLE[on].map((kind) => ({ on, kind })),
        undefined,
      ),
    );
    const callbacks = (Object.keys(CALLBACK_FAULTS) as CallbackFaultKind[]).flatMap((kind) =>
      simulatorFaults({ orderNumber: 'o', login: 'l' }, [], kind),
    );
    const played = new Set([...asked, ...callbacks].map(({ kind }) => kind));
    const missing = [...WIRE_FAULTS, ...SENT].filter(
      (kind) => !played.has(kind) && !Object.hasOwn(NOT_ASKED_FOR, kind),
    );
    expect(missing).toEqual([]);
    expect(kinds.filter((kind) => !Object.values(PLAYABLE).some((on) => on.includes(kind)))).toEqual([]);
    expect(PLAYABLE_CALLBACKS).toEqual(Object.keys(CALLBACK_FAULTS));
  });

  it.each([
    ['all2pay', NARROW, ALL2PAY_VARIANTS],
    ['payneteasy', PAYNETEASY_NARROW, PAYNETEASY_VARIANTS],
    ['eightb_disbursement', EIGHTB_NARROW, EIGHTB_DISBURSEMENT_VARIANTS],
  ])('plays less only of questions that %s asks', (_provider, narrow, variants) => {
    const questions = new Set(variants.map(({ name }) => name.split('=')[0]));
    expect(narrow.filter((name) => !questions.has(name))).toEqual([]);
  });

  it('plays every variant of the simulator, with our side of it', () => {
    expect(Object.keys(OUR_SIDE).sort()).toEqual(ALL2PAY_VARIANTS.map(({ name }) => name).sort());
  });
});

describe('a judgement', () => {
  const written = {
    status: 'succeeded',
    amount: { minor: 100, currency: 'RUB' },
    reference: 'R',
    account: 'a' as AccountId,
  } as Payout;
  const good: Testimony = {
    told: written,
    written,
    attempts: [
      {
        ...{ number: 1, step: 'execute', orderId: 'o' as never, requestFingerprint: 'f', intentAt: '' },
        answer: { kind: 'unknown', code: 'reset', message: '' },
        notFoundAnswers: 0,
      },
    ],
    ledger: {
      ...{ word: 'paid', bookings: 1, bookedMinor: 100, reference: 'R' },
      requests: { money: 1, status: 0 },
    },
  };
  const expected = { status: 'succeeded', bookings: 1 } as const;
  const without = (changes: Partial<Testimony>) => judge(expected, { ...good, ...changes });

  it('finds nothing wrong where all sides agree', () => {
    expect(judge(expected, good)).toEqual([]);
  });

  it.each<[string, Partial<Testimony>, RegExp]>([
    ['booked twice', { ledger: { ...good.ledger, bookings: 2 } }, /more than once/],
    ['not booked', { ledger: { ...good.ledger, bookings: 0 } }, /without a booking/],
    ['another amount', { ledger: { ...good.ledger, bookedMinor: 1 } }, /1 moved instead of 100/],
    ['another reference', { ledger: { ...good.ledger, reference: 'X' } }, /reference/],
    ['another word', { ledger: { ...good.ledger, word: 'open' } }, /word is open/],
    ['paid, and declined by us', { written: { ...written, status: 'declined' } }, /although money moved/],
    [
      'the client says otherwise',
      { told: { ...written, status: 'processing' } },
      /the client says processing/,
    ],
    ['a request without an attempt', { attempts: [] }, /0 attempts/],
    [
      'a second request',
      { ledger: { ...good.ledger, requests: { money: 2, status: 0 } } },
      /2 requests that could move money/,
    ],
  ])('tells: %s', (_what, changes, words) => {
    expect(without(changes).join('\n')).toMatch(words);
  });
});

it('a limiter runs at most so many at once, and all of them', async () => {
  const limited = createLimiter(3);
  let running = 0;
  let most = 0;
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      limited(async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, index % 4));
        running -= 1;
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
});
