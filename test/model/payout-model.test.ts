import { describe, expect, it } from 'vitest';
import { PAYOUT_STATUSES, type PayoutStatus } from '../../domain/payout-status.js';
import { ASSUMPTIONS } from '../../model/assumptions.js';
import { check } from '../../model/check.js';
import { CONFIGURATIONS } from '../../model/configurations.js';
import { MUTATIONS } from '../../model/mutations.js';
import { describeChecked, describeFound } from '../../model/report.js';

/** The table of moves has them; nothing enters them at present (docs/architecture.md). */
const NOT_ENTERED: readonly PayoutStatus[] = ['awaiting_approval', 'scheduled', 'returned'];

const visited = new Set<PayoutStatus>();

describe('the payout with its environment', () => {
  it.each(CONFIGURATIONS.filter(({ isLong }) => isLong !== true))(
    'keeps every rule in every state: $name',
    { timeout: 300_000 },
    async (config) => {
      const checked = await check(config);
      console.log(`${config.name}\n${describeChecked(checked)}`);
      for (const status of checked.statuses.keys()) visited.add(status);
      expect(checked.found && describeFound(checked.found)).toBeUndefined();
      expect(checked.states).toBeGreaterThan(1000);
    },
  );

  it('was seen in every status that anything enters', () => {
    expect(PAYOUT_STATUSES.filter((status) => !visited.has(status))).toEqual(NOT_ENTERED);
  });
});

describe('a rule that is removed', () => {
  it.each(MUTATIONS)('is missed: $name', { timeout: 300_000 }, async ({ name, rule, machine, config }) => {
    const { found } = await check(config, machine);
    if (found) console.log(`${name}\n${describeFound(found)}`);
    expect(found).toMatchObject({ rule });
  });
});

describe('an assumption that is broken', () => {
  it.each(ASSUMPTIONS)('breaks a rule: $name', { timeout: 300_000 }, async ({ name, without }) => {
    const { found } = await check(without);
    if (found) console.log(`${name}\n${describeFound(found)}`);
    expect(found).toMatchObject({ rule: expect.stringMatching(/^rule [13]$/) as string });
  });
});
