import { describe, expect, it } from 'vitest';
import { DIFFERENTLY } from '../../conformance/eightb-disbursement/differently.js';
import {
  PLAYABLE,
  PLAYABLE_CALLBACKS,
  simulatorFaults,
} from '../../conformance/eightb-disbursement/faults.js';
import { OUR_SIDE } from '../../conformance/eightb-disbursement/variants.js';
import { CALLBACK_FAULTS, type FaultKind } from '../../conformance/index.js';
import { SUITE } from '../../conformance/scenarios/index.js';
import { variantScenarios } from '../../conformance/scenarios/variant.js';
import {
  EIGHTB_DISBURSEMENT_CALLBACK_FAULTS,
  EIGHTB_DISBURSEMENT_VARIANTS,
  EIGHTB_DISBURSEMENT_WIRE_FAULTS,
} from '../../simulators/index.js';

/** What the simulator can play and no scenario asks for, and why. */
const NOT_ASKED_FOR = {
  // To the engine the same as `unreadable_body`; that no entity is ever followed is the adapter's own test.
  entity_body: 'unreadable_body',
  // A check that first denies and then proves a payment: it is the protocol's only proof, so it is believed.
  check_wrong: undefined,
  // By hand, after the end: then it is late whatever the machine's load.
  callback_delay: undefined,
  // By hand, while the payout is pending: "contradicting the order".
  callback_other_amount: undefined,
} as const;

const TARGET = { id: 'CF1', service: '1001' };

describe('8b Disbursement as a subject', () => {
  it('plays every fault that its simulator can play', () => {
    const asked = (['money', 'store', 'status'] as const).flatMap((on) =>
      simulatorFaults(
        TARGET,
        PLAYABLE[on].map((kind) => ({ on, kind })),
        undefined,
      ),
    );
    const callbacks = PLAYABLE_CALLBACKS.flatMap((kind) => simulatorFaults(TARGET, [], kind));
    const played = new Set([...asked, ...callbacks].map(({ kind }) => kind));
    const missing = [...EIGHTB_DISBURSEMENT_WIRE_FAULTS, ...EIGHTB_DISBURSEMENT_CALLBACK_FAULTS].filter(
      (kind) => !played.has(kind) && !Object.hasOwn(NOT_ASKED_FOR, kind),
    );
    expect(missing).toEqual([]);
    expect(PLAYABLE_CALLBACKS).toEqual(Object.keys(CALLBACK_FAULTS));
  });

  it('turns each fault that it says it can play into one of the simulator', () => {
    for (const on of ['money', 'status'] as const) {
      const faults = PLAYABLE[on].map((kind: FaultKind) => ({ on, kind }));
      expect(simulatorFaults(TARGET, faults, undefined)).toHaveLength(faults.length);
    }
  });

  it('plays every variant of the simulator, with our side of it', () => {
    expect(Object.keys(OUR_SIDE).sort()).toEqual(EIGHTB_DISBURSEMENT_VARIANTS.map(({ name }) => name).sort());
  });

  it('ends otherwise only where there is a scenario of that name', () => {
    const names = SUITE.flatMap(({ names: called }) => called);
    expect(names).toEqual(expect.arrayContaining(Object.keys(DIFFERENTLY)));
    for (const { more, differently = {} } of Object.values(OUR_SIDE)) {
      const played = variantScenarios({ more }).map(({ name }) => name);
      expect(played).toEqual(expect.arrayContaining(Object.keys(differently)));
    }
  });
});
