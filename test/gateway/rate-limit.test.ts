import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooManyRequestsError } from '../../gateway/errors.js';
import { createRateLimit } from '../../gateway/rate-limit.js';
import { senderOf } from '../../gateway/sender.js';

function taken(act: () => void): TooManyRequestsError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof TooManyRequestsError) return error;
    throw error;
  }
  return undefined;
}

describe('a rate limit', () => {
  it('lets ten seconds’ worth through at once, then as much as it says, each name by itself', () => {
    let at = 0;
    const limit = createRateLimit(5, () => at);
    const through = (name: string, times: number): number =>
      Array.from({ length: times }, () => taken(() => limit.take(name))).filter((e) => e === undefined)
        .length;
    expect([through('a', 100), through('b', 10)]).toEqual([50, 10]);
    at = 2_000;
    expect(through('a', 100)).toBe(10);
    at = 60_000;
    expect(through('a', 100)).toBe(50);
  });

  it('does not count what was given back', () => {
    const limit = createRateLimit(1, () => 0);
    for (let i = 0; i < 100; i += 1) {
      limit.take('a');
      limit.giveBack('a');
    }
    for (let i = 0; i < 10; i += 1) limit.take('a');
    expect(taken(() => limit.take('a'))).toBeDefined();
  });

  it('says how long to wait, and is worth a line of the log once a minute', () => {
    let at = 0;
    const limit = createRateLimit(1, () => at);
    const refusals = Array.from({ length: 13 }, () => taken(() => limit.take('a'))).slice(10);
    expect(refusals.map((error) => [error?.waitMs, error?.isNews])).toEqual([
      [1_000, true],
      [1_000, false],
      [1_000, false],
    ]);
    at = 1_000;
    expect(taken(() => limit.take('a'))).toBeUndefined();
    at = 62_000;
    const later = Array.from({ length: 12 }, () => taken(() => limit.take('a')));
    expect(later.filter((error) => error?.isNews)).toHaveLength(1);
  });

  it('never lets more through than rate and burst, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (pauses) => {
        let at = 0;
        let through = 0;
        const limit = createRateLimit(2, () => at);
        for (const pause of pauses) {
          at += pause;
          if (taken(() => limit.take('a')) === undefined) through += 1;
          expect(through).toBeLessThanOrEqual(20 + (2 * at) / 1_000);
        }
      }),
    );
  });
});

describe('whose a request is', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.7:5678', 'unreadable'],
    ['<script>', 'unreadable'],
  ])('%s is %s', (address, sender) => {
    expect(senderOf(address)).toBe(sender);
  });
});
