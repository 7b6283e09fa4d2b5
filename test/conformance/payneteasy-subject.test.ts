import { describe, expect, it } from 'vitest';
import { CALLBACK_FAULTS, FAULTS, type CallbackFaultKind, type FaultKind } from '../../conformance/index.js';
import { DIFFERENTLY } from '../../conformance/payneteasy/differently.js';
import { PLAYABLE, PLAYABLE_CALLBACKS, simulatorFaults } from '../../conformance/payneteasy/faults.js';
import { OUR_SIDE } from '../../conformance/payneteasy/variants.js';
import { SUITE } from '../../conformance/scenarios/index.js';
import {
  PAYNETEASY_CALLBACK_FAULTS,
  PAYNETEASY_VARIANTS,
  PAYNETEASY_WIRE_FAULTS,
} from '../../simulators/index.js';

/** What the simulator can play and no scenario asks for, and why. */
const NOT_ASKED_FOR = [
  // A provider that first denies and then proves a payment: no callback of its proves anything, so nobody asks again.
  'status_wrong',
  // By hand, after the end: then it is late whatever the machine's load.
  'callback_delay',
];

describe('Payneteasy as a subject of the suite', () => {
  const target = { clientOrderId: 'o', login: 'l' };

  it('plays every fault that its simulator can play', () => {
    const asked = (['money', 'status'] as const).flatMap((on) =>
      simulatorFaults(
        target,
        PLAYABLE[on].map((kind) => ({ on, kind })),
        undefined,
      ),
    );
    const callbacks = (Object.keys(CALLBACK_FAULTS) as CallbackFaultKind[]).flatMap((kind) =>
      simulatorFaults(target, [], kind),
    );
    const played = new Set([...asked, ...callbacks].map(({ kind }) => kind));
    const missing = [...PAYNETEASY_WIRE_FAULTS, ...PAYNETEASY_CALLBACK_FAULTS].filter(
      (kind) => !played.has(kind),
    );
    expect(missing).toEqual(NOT_ASKED_FOR);
    expect(PLAYABLE_CALLBACKS).toEqual(Object.keys(CALLBACK_FAULTS));
  });

  it('has a place for every kind of fault but one that the protocol has not', () => {
    const kinds = Object.keys(FAULTS) as FaultKind[];
    const unplayed = kinds.filter((kind) => !Object.values(PLAYABLE).some((on) => on.includes(kind)));
    // It refuses requests; of a card in particular it says nothing.
    expect(unplayed).toEqual(['card_refused']);
  });

  it('meets the request of the step that is named', () => {
    const commandOf = (step?: 'register' | 'execute') =>
      simulatorFaults(target, [{ on: 'money', kind: 'refused', step }], undefined)[0]?.on;
    expect([commandOf(), commandOf('register'), commandOf('execute')]).toEqual([
      'money',
      'payout-check',
      'payout-pay',
    ]);
  });

  it('plays every variant of its simulator, with our side of it', () => {
    expect(Object.keys(OUR_SIDE).sort()).toEqual(PAYNETEASY_VARIANTS.map(({ name }) => name).sort());
  });

  it('ends otherwise only where there is such a scenario', () => {
    const names = SUITE.flatMap(({ names: called }) => called);
    expect(Object.keys(DIFFERENTLY).filter((name) => !names.includes(name))).toEqual([]);
  });
});
