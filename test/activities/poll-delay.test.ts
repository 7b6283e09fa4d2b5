import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPollDelay } from '../../activities/poll-delay.js';
import { makeOrderId } from '../../activities/order-id.js';
import type { AccountId, MerchantId, PayoutId } from '../../domain/ids.js';

const schedule = [
  { delayMs: 2_000, times: 1 },
  { delayMs: 5_000, times: 2 },
  { delayMs: 60_000, times: 3 },
];
const length = 2_000 + 10_000 + 180_000;

describe('the poll schedule', () => {
  it.each([
    [0, 2_000],
    [1_500, 500],
    [2_000, 5_000],
    [8_000, 4_000],
    [12_000, 60_000],
    [191_999, 1],
    [192_000, undefined],
  ])('%i ms after the start the next question comes in %s ms', (elapsed, delay) => {
    expect(nextPollDelay(schedule, elapsed)).toBe(delay);
  });

  it('asked punctually, asks as often as the schedule says', () => {
    let elapsed = 0;
    let questions = 0;
    for (
      let delay = nextPollDelay(schedule, 0);
      delay !== undefined;
      delay = nextPollDelay(schedule, elapsed)
    ) {
      elapsed += delay;
      questions += 1;
    }
    expect(questions).toBe(6);
    expect(elapsed).toBe(length);
  });

  it('after an outage of any length goes on by the clock and always ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length * 2 }), (elapsed) => {
        const delay = nextPollDelay(schedule, elapsed);
        if (elapsed >= length) expect(delay).toBeUndefined();
        else expect(elapsed + (delay ?? 0)).toBeLessThanOrEqual(length);
      }),
    );
  });
});

describe('an order id', () => {
  const id = (merchant: string, payoutId: string, key = new Uint8Array(32)): string =>
    makeOrderId(key, 'acme-a2p' as AccountId, {
      merchant: merchant as MerchantId,
      payoutId: payoutId as PayoutId,
    });

  it('is the same for the same payout and fits every alphabet', () => {
    expect(id('acme', 'P-1')).toBe(id('acme', 'P-1'));
    expect(id('acme', 'P-1')).toMatch(/^po[0-9a-z]{26}$/);
  });

  it('cannot be found without the key', () => {
    expect(id('acme', 'P-1', new Uint8Array(32).fill(1))).not.toBe(id('acme', 'P-1'));
  });

  it('differs between payouts, also where the parts would run together', () => {
    expect(new Set([id('acme', 'P-1'), id('acme', 'P-2'), id('acmep', '-1'), id('a', 'cmeP-1')]).size).toBe(
      4,
    );
  });
});
