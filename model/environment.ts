import type { Progress } from '../domain/provider-answer.js';
import type { Configuration } from './configuration.js';
import { withSlot, type Workers } from './doing.js';
import { received, type Next } from './network.js';
import type { JournalEffect } from './effect.js';
import type { Journal } from './journal.js';
import { become } from './lead.js';
import type { Machine } from './machine.js';
import { isAlive, ownMoves, progressOf, receive } from './provider.js';
import { isFinal } from '../domain/payout-status.js';
import type { World } from './world.js';

/** All that may happen to a payout beside the work of its own activities. */
export interface Environment {
  moves(world: World): readonly Next[];
}

/** The environment of one configuration. */
export function createEnvironment(
  machine: Machine,
  config: Configuration,
  journal: Journal,
  workers: Workers,
): Environment {
  return {
    moves(world) {
      const armed = workers.isArmed(world);
      return [
        ...ownMoves(world.provider, config).map(({ label, provider }) => ({
          label,
          state: { ...world, provider },
        })),
        ...arrivals(world),
        ...graceOver(world, armed),
        ...faults(world),
        ...callbacks(world),
        ...localActivity(world),
        ...operator(world, armed),
      ];
    },
  };

  /** Requests that nobody waits for any more. */
  function arrivals(world: World): readonly Next[] {
    return [...new Set(world.inFlight)].flatMap((step) => {
      const at = world.inFlight.indexOf(step);
      const inFlight = world.inFlight.filter((_, index) => index !== at);
      return receive(world.provider, step, config).map(({ label, provider, answer }) => ({
        label: `the delayed request (${step}) arrives, and the provider ${label}`,
        state: received({ ...world, inFlight }, provider, answer),
      }));
    });
  }

  /** Time: what left before has arrived or never will, and the provider's queries find what it has. */
  function graceOver(world: World, armed: boolean): readonly Next[] {
    if (journal.standing(world).attempts.length > config.graces) return [];
    const aged = journal.age(world);
    if (aged === world || world.inFlight.length > 0) return [];
    if (armed && config.pauses === 'within_grace') return [];
    const shown = world.provider.shown || (config.keepsGrace && world.provider.order !== 'none');
    return [
      {
        label: 'a grace period passes',
        state: { ...aged, provider: { ...world.provider, shown } },
      },
    ];
  }

  /** What becomes of workers, and of the run. A poll that dies is a poll without an answer: only senders do here. */
  function faults(world: World): readonly Next[] {
    if (config.faults === 'none') return [];
    const { run } = world;
    const found: Next[] = [];
    for (const doer of world.doers) {
      if (doer.slot === 'nobody' || doer.call.activity !== 'takeStep') continue;
      const others = world.doers.filter((other) => other !== doer);
      const dead = withSlot(world, doer.slot, 'scheduled');
      found.push({ label: 'crash: the worker dies', state: { ...dead, doers: others } });
      found.push({
        label: 'a worker stands still and is thought dead',
        state: { ...dead, doers: [...others, workers.giveUp(world, doer)] },
      });
    }
    if (config.faults !== 'all') return found;
    if (run.call?.kind === 'scheduled') {
      found.push({
        label: 'no worker can serve the call: it fails',
        state: { ...world, run: { ...run, call: { kind: 'error' } } },
      });
    }
    if (run.busy?.kind === 'scheduled') {
      found.push({
        label: 'the question about the callback is given up',
        state: { ...world, run: { ...run, busy: undefined } },
      });
    }
    if (run.phase === 'leading')
      found.push({ label: 'the run is ended by hand and the payout created again', state: anew(world) });
    return found;
  }

  /** `activities/accept.ts` finds the payout in the journal; the new run takes it up from its first step. */
  function anew(world: World): World {
    const { status } = journal.standing(world).payout;
    const step = config.steps[0] ?? 'execute';
    const isLed = !isFinal(status);
    return {
      ...world,
      doers: world.doers.filter(isSender).map((doer) => workers.giveUp(world, doer)),
      run: {
        phase: isLed ? 'leading' : 'ended',
        view: { status, version: world.journal.version },
        step: 0,
        ...(isLed &&
          status !== 'in_review' && { call: { kind: 'scheduled', call: { activity: 'takeStep', step } } }),
        proofs: [],
        hint: false,
      },
    };
  }

  function callbacks(world: World): readonly Next[] {
    const { provider, run, inbox } = world;
    const found: Next[] = [];
    // One at a time: a repetition of it is the next one.
    const isQuiet = inbox.length === 0 && run.proofs.length === 0;
    if (provider.order !== 'none') {
      if (config.callbacks === 'hint' && run.phase !== 'ended' && !run.busy) {
        found.push({ label: 'a callback (hint) comes', state: { ...world, run: { ...run, hint: true } } });
      }
      if (config.callbacks === 'proof' && isQuiet) {
        const proof = progressOf(provider);
        found.push({
          label: `the provider sends a callback: ${proof.kind}`,
          state: { ...world, inbox: [proof] },
        });
      }
    }
    if (machine.trustsUnsigned && isQuiet) {
      for (const proof of FORGED)
        found.push({ label: `a forged callback: ${proof.kind}`, state: { ...world, inbox: [proof] } });
    }
    for (const proof of inbox) {
      found.push({
        label: `the callback "${proof.kind}" is delivered`,
        state: delivered({ ...world, inbox: [] }, proof),
      });
    }
    return found;
  }

  /** By the signal; once the run has ended the gateway itself writes it down (`gateway/callback-delivery.ts`). */
  function delivered(world: World, proof: Progress): World {
    const { run } = world;
    if (run.phase !== 'ended') return { ...world, run: { ...run, proofs: [...run.proofs, proof] } };
    return journal.write(world, { kind: 'record', progress: proof, actor: 'provider' }, 0).state;
  }

  /** The workflow's own writes (`recordProof`, `changeStatus`): done, and done again if their answer is lost. */
  function localActivity(world: World): readonly Next[] {
    const { busy } = world.run;
    if (busy?.kind !== 'write') return [];
    const { state, label, view } = commanded(world, busy.write);
    return [
      { label, state: { ...state, run: become({ ...world.run, busy: undefined }, view) } },
      { label: `${label}; its worker dies before it can tell`, state },
    ];
  }

  /** A person may cancel at any time, and decide a review: truly, or by asking again. */
  function operator(world: World, armed: boolean): readonly Next[] {
    const { run, provider } = world;
    if (run.phase !== 'leading') return [];
    const orders: (readonly [JournalEffect, string])[] = [
      [{ kind: 'close', to: 'cancelled' }, 'a person cancels'],
    ];
    if (run.view.status === 'in_review') {
      const resolve = { kind: 'change', from: 'in_review', actor: 'cli:ops' } as const;
      orders.push([{ ...resolve, to: 'processing' }, 'an operator asks again']);
      if (provider.order === 'paid')
        orders.push([{ ...resolve, to: 'succeeded' }, 'an operator says it is paid']);
      if (!armed && willNotPay(world)) {
        orders.push([{ ...resolve, to: 'declined' }, 'an operator says it is not paid']);
      }
    }
    return orders.flatMap(([write, who]) => {
      const { state, label, view } = commanded(world, write);
      // Refused: an event in the history, and nothing else.
      if (state.journal.standing === world.journal.standing) return [];
      return [{ label: `${who}: ${label}`, state: { ...state, run: become(run, view) } }];
    });
  }

  function commanded(
    world: World,
    write: JournalEffect,
  ): { state: World; label: string; view: World['run']['view'] } {
    const { state, said } = journal.write(world, write, 0);
    const { before, after } = said;
    const label =
      before === after ? `the journal leaves it ${after}` : `the journal moves ${before} → ${after}`;
    return { state, label, view: { status: after, version: state.journal.version } };
  }

  /** Nothing that was sent can move money any more, and nothing is about to be sent. */
  function willNotPay({ provider, inFlight }: World): boolean {
    return inFlight.length === 0 && !isAlive(provider) && provider.bookings === 0;
  }
}

function isSender(doer: World['doers'][number]): boolean {
  return doer.call.activity === 'takeStep';
}

const FORGED: readonly Progress[] = [
  { kind: 'paid', reference: 'forged' },
  { kind: 'not_paid', class: 'declined', code: '', message: '' },
];
