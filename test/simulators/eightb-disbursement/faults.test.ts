import { describe, expect, test } from 'vitest';
import {
  EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS,
  EIGHTB_DISBURSEMENT_VARIANTS,
  EIGHTB_DISBURSEMENT_WIRE_FAULTS,
  type EightbDisbursementFault,
} from '../../../simulators/index.js';
import { check, payout, simulate } from './support.js';

type Played = Omit<EightbDisbursementFault, 'kind'>;
/** What each kind answers to a payout, and whether it was booked. */
const PLAYED: Readonly<Record<string, readonly [how: Played, status: number | 'broken', bookings: number]>> =
  {
    reset_before: [{}, 'broken', 0],
    reset_after: [{}, 'broken', 1],
    hang: [{ ms: 30 }, 'broken', 1],
    http_500: [{}, 500, 0],
    http_503: [{ retryAfterSecs: 1 }, 503, 0],
    http_429: [{}, 429, 0],
    unreadable_body: [{}, 200, 1],
    empty_body: [{}, 200, 1],
    mislabelled_body: [{}, 200, 1],
    slow_body: [{ ms: 30 }, 200, 1],
    truncated_body: [{}, 'broken', 1],
    huge_body: [{}, 200, 1],
    deep_body: [{}, 200, 1],
    entity_body: [{}, 200, 1],
    error: [{ text: 'internal error' }, 200, 0],
    rewrite: [{ set: { result: 'DONE' } }, 200, 1],
  };

test('every kind of fault is played', () => {
  const ofChecks = ['check_processing', 'check_not_found', 'check_wrong'];
  expect([...Object.keys(PLAYED), ...ofChecks]).toEqual(EIGHTB_DISBURSEMENT_WIRE_FAULTS);
});

test.each(Object.entries(PLAYED))('%s', async (kind, [how, status, bookings]) => {
  const simulator = await simulate();
  await simulator.control.inject({ kind: kind as EightbDisbursementFault['kind'], id: 'A', ...how });
  const answer = await payout(simulator, 'A').catch(() => undefined);
  expect(answer?.status ?? 'broken').toBe(status);
  expect((await simulator.control.operation('A'))?.bookings ?? 0).toBe(bookings);
  expect((await simulator.control.requests('A')).counts.payout).toBe(1);
  // Spent by one.
  expect((await payout(simulator, 'B')).of('result')).toBe('OK');
});

describe('faults meet whom they are meant for', () => {
  test('by id, by method, as often as they say', async () => {
    const simulator = await simulate();
    await simulator.control.inject(
      { kind: 'http_500', method: 'check', times: 2 },
      { kind: 'http_503', id: 'B' },
      { kind: 'error', id: 'C', processed: true, text: 'internal error' },
    );
    expect((await payout(simulator, 'A')).status).toBe(200);
    expect((await check(simulator, 'A')).status).toBe(500);
    expect((await check(simulator, 'A')).status).toBe(500);
    expect((await check(simulator, 'A')).of('result')).toBe('PAID');
    expect((await payout(simulator, 'B')).status).toBe(503);
    expect((await payout(simulator, 'C')).of('result')).toBe('ERROR: internal error');
    expect(await simulator.control.operation('C')).toMatchObject({ bookings: 1 });
  });

  test('what a check says whatever is true', async () => {
    const simulator = await simulate();
    await payout(simulator, 'A');
    await simulator.control.inject(
      { kind: 'check_processing', id: 'A' },
      { kind: 'check_not_found', id: 'A' },
      { kind: 'check_wrong', id: 'A' },
    );
    const said = [];
    for (let times = 0; times < 4; times += 1) said.push((await check(simulator, 'A')).of('result'));
    expect(said).toEqual(['PROCESSING', 'NOT FOUND', 'NOT_PAID', 'PAID']);
  });

  test('a reset forgets them, and everything else', async () => {
    const simulator = await simulate();
    await payout(simulator, 'A');
    await simulator.control.inject({ kind: 'http_500' });
    await simulator.control.reset();
    expect(await simulator.control.ledger()).toMatchObject({ operations: [], movements: [] });
    expect((await simulator.control.requests()).requests).toEqual([]);
    expect((await payout(simulator, 'A')).of('result')).toBe('OK');
  });
});

describe('the list of variants', () => {
  test('has unique names and switches only what there is, to something else', () => {
    const names = EIGHTB_DISBURSEMENT_VARIANTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { section, words, patch } of EIGHTB_DISBURSEMENT_VARIANTS) {
      expect([section, words].every((text) => text.length > 0)).toBe(true);
      for (const [field, value] of Object.entries(patch)) {
        expect(EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS).toHaveProperty(field);
        expect(Object.entries(EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS)).not.toContainEqual([field, value]);
      }
    }
  });

  test('switches everything', () => {
    const switched = new Set(EIGHTB_DISBURSEMENT_VARIANTS.flatMap(({ patch }) => Object.keys(patch)));
    expect([...switched].sort()).toEqual(Object.keys(EIGHTB_DISBURSEMENT_VARIANT_DEFAULTS).sort());
  });

  test('holds for one service of many', async () => {
    const services = {
      '1042': { secretKey: 'k3yEXAMPLEnotreal', variant: { errorForm: 'bare' } },
      '7': { secretKey: 's' },
    } as const;
    const simulator = await simulate({ services });
    expect((await payout(simulator, 'A', { currency: 'USD' })).of('result')).toBe('ERROR currency mismatch');
  });
});
