import type { MoneyAnswer } from '../domain/provider-answer.js';
import type { BeganAttempt } from '../journal/port.js';
import { NotRunYet, runActivity, type Call, type Stage } from './activity.js';
import type { Configuration } from './configuration.js';
import type { Effect, JournalEffect, Reply } from './effect.js';
import { createInterned } from './interned.js';
import type { Journal } from './journal.js';
import { become } from './lead.js';
import type { Machine } from './machine.js';
import { answers, sendings, type Next, type Outcome } from './network.js';
import { describeJournal } from './words.js';
import { callKey, type Doer, type World } from './world.js';

const NOT_SENT: MoneyAnswer = { kind: 'not_sent', code: '', message: '' };

/** The workers: they take activities up and carry them out, effect by effect. */
export interface Workers {
  /** All that running or scheduled activities may do next. */
  moves(world: World): readonly Next[];
  /** Is some run about to send, its intent committed? */
  isArmed(world: World): boolean;
  /** The server gives a run up; it may not know, and goes on. */
  giveUp(world: World, doer: Doer): Doer;
  /** The same for the call that the workflow no longer waits for. A poll is taken back (`call.stop`). */
  abandon(world: World): World;
}

/** Workers that run the engine's own activities. */
export function createWorkers(machine: Machine, config: Configuration, journal: Journal): Workers {
  const replies = createInterned<Reply>();
  const stages = new Map<string, Stage>();
  const firsts = new Map<string, readonly number[]>();

  function stageOf({ call, hour, replies: ids }: Doer): Stage {
    const key = `${callKey(call)}|${hour}|${ids.join()}`;
    const known = stages.get(key);
    if (known) return known;
    const run = runActivity(
      machine,
      config,
      call,
      hour,
      ids.map((id) => replies.at(id)),
    );
    throw new NotRunYet(run.then((stage) => stages.set(key, stage)));
  }

  function moves(world: World): readonly Next[] {
    const found: Next[] = [];
    for (const slot of ['call', 'hear'] as const) {
      const task = slot === 'call' ? world.run.call : world.run.busy;
      if (task?.kind === 'scheduled' && world.doers.length < config.alive) {
        const doer: Doer = { slot, call: task.call, hour: 'early', replies: [], versions: [] };
        const running = withSlot(world, slot, 'running');
        found.push(...carryOut({ ...running, doers: [...running.doers, doer] }, doer));
      }
    }
    for (const doer of world.doers) found.push(...carryOut(world, doer));
    return found;
  }

  /** The doer's next effect, in every way that it may turn out. */
  function carryOut(world: World, doer: Doer): readonly Next[] {
    const stage = stageOf(doer);
    if (stage.kind !== 'wants') throw new Error('A run that has ended is still there');
    const { effect } = stage;
    const outcomes = outcomesOf(world, doer, effect);
    const settled: Next[] = [];
    for (const { label, state, reply, fact } of outcomes) {
      const after: Doer = {
        ...doer,
        replies: [...doer.replies, replies.idOf(reply)],
        versions: doer.slot === 'nobody' ? [] : [...doer.versions, state.journal.version],
      };
      const others = state.doers.filter((other) => other !== doer);
      const prefix = doer.slot === 'nobody' ? 'given-up worker: ' : '';
      for (const end of settle({ ...state, doers: others }, after)) {
        const step: Next = { label: `${prefix}${label}${end.label}`, state: end.state, fact };
        settled.push(
          ...(effect.kind === 'read' && doer.call.activity === 'awaitChange' ? asked(step, after) : [step]),
        );
      }
    }
    return settled;
  }

  /** A poll reads the payout and asks in one breath: a question that is older than what it read is a callback's. */
  function asked(step: Next, { replies: read }: Doer): readonly Next[] {
    const doer = step.state.doers.find(({ replies: got }) => got === read);
    if (!doer) return [step];
    return carryOut(step.state, doer).map((next) => ({ ...next, label: `${step.label}; ${next.label}` }));
  }

  function outcomesOf(world: World, doer: Doer, effect: Effect): readonly Outcome[] {
    switch (effect.kind) {
      case 'send':
        return sendings(world, effect, config);
      case 'status':
        return answers(world, config);
      case 'prepare':
        return [];
      default:
        return [inJournal(world, doer.call, doer.replies.length, effect)];
    }
  }

  function inJournal(world: World, call: Call, index: number, effect: JournalEffect): Outcome {
    const { state, reply, said } = journal.write(world, effect, index);
    const label = describeJournal(effect, call, said);
    const began = effect.kind === 'begin' && 'value' in reply ? (reply.value as BeganAttempt) : undefined;
    if (effect.kind !== 'begin' || began?.kind !== 'go') return { label, state, reply };
    return {
      label: `intent ${began.number} (${effect.step}) is committed`,
      state: { ...state, truth: { ...state.truth, unheard: 0 } },
      reply,
      fact: { kind: 'intent', number: began.number, step: effect.step },
    };
  }

  /**
   * What follows from the newest reply at once: a request is built, a run that has ended hands over its result or is
   * started again. (`doer` is not among the world's.)
   */
  function settle(world: World, doer: Doer): readonly { label: string; state: World }[] {
    const stage = stageOf(doer);
    switch (stage.kind) {
      case 'wants':
        if (stage.effect.kind === 'prepare') return prepared(world, doer);
        return [
          { label: '', state: { ...world, doers: [...world.doers, likeFirst(world, doer, stage.effect)] } },
        ];
      case 'done':
        return ended(world, doer, stage);
      case 'again': {
        const again = { label: '', state: withSlot(world, doer.slot, 'scheduled') };
        if (doer.hour !== 'early') return [again];
        return [again, ...laterOn(world, doer)];
      }
      case 'failed':
        throw new Error('An activity failed for good, which nothing in this model explains');
    }
  }

  /**
   * A run that is past its questions does what it is about to do and what follows from the reply: what it once read makes
   * no difference any more, unless it is still to be told. All such runs are taken as the first of them.
   */
  function likeFirst(world: World, doer: Doer, effect: Effect): Doer {
    if (!isPastQuestions(doer, effect)) return doer;
    const key = `${callKey(doer.call)}|${doer.hour}|${JSON.stringify(effect)}`;
    const replied = firsts.get(key) ?? doer.replies;
    firsts.set(key, replied);
    return { ...doer, replies: replied, versions: versionsOf(doer, replied, world) };
  }

  /** `provider.prepare`: builds the request, or cannot. */
  function prepared(world: World, doer: Doer): readonly { label: string; state: World }[] {
    const answer = (value: unknown): Doer => ({
      ...doer,
      replies: [...doer.replies, replies.idOf({ value })],
      versions: doer.slot === 'nobody' ? [] : [...doer.versions, doer.versions.at(-1) ?? 0],
    });
    const built = settle(world, answer('built'));
    const unbuilt = settle(world, answer(NOT_SENT));
    return [
      ...built,
      ...unbuilt.map((end) => ({ ...end, label: `; the request cannot be built${end.label}` })),
    ];
  }

  /** The same replies by a later clock, where that leads on. */
  function laterOn(world: World, doer: Doer): readonly { label: string; state: World }[] {
    const found: { label: string; state: World }[] = [];
    for (const [hour, label] of [
      ['spent', '; the budget of tries is spent'],
      ['action_over', '; the time to act is over'],
    ] as const) {
      const later: Doer = { ...doer, hour };
      const stage = stageOf(later);
      if (stage.kind === 'wants') found.push({ label, state: { ...world, doers: [...world.doers, later] } });
      if (stage.kind === 'done') found.push(...ended(world, later, stage).map((end) => ({ ...end, label })));
    }
    return found;
  }

  /** The result gets to the workflow, or its worker dies with it and the server starts it again. */
  function ended(
    world: World,
    { slot, versions }: Doer,
    { status, from, next, of }: Extract<Stage, { kind: 'done' }>,
  ): readonly { label: string; state: World }[] {
    if (slot === 'nobody') return [{ label: '', state: world }];
    if (next === 'stopped') throw new Error('Nobody stops anything in this model');
    const { run } = world;
    const view = { status, version: versions[from] ?? 0 };
    const told =
      slot === 'call'
        ? { ...run, call: { kind: 'result', view, next, ...(of !== undefined && { of }) } as const }
        : become({ ...run, busy: undefined }, view);
    const state = { ...world, run: told };
    if (config.faults === 'none') return [{ label: '', state }];
    return [
      { label: '', state },
      { label: '; its worker dies before it can tell', state: withSlot(world, slot, 'scheduled') },
    ];
  }

  function giveUp(world: World, doer: Doer): Doer {
    const stage = stageOf(doer);
    const given: Doer = { ...doer, slot: 'nobody', versions: [] };
    return stage.kind === 'wants' ? likeFirst(world, given, stage.effect) : given;
  }

  return {
    moves,
    isArmed(world) {
      for (const doer of world.doers) {
        const stage = stageOf(doer);
        if (stage.kind === 'wants' && stage.effect.kind === 'send') return true;
      }
      return false;
    },
    giveUp,
    abandon(world) {
      if (world.run.call || !world.doers.some(({ slot }) => slot === 'call')) return world;
      const kept = world.doers.filter(({ slot, call }) => slot !== 'call' || call.activity === 'takeStep');
      const doers = kept.map((doer) => (doer.slot === 'call' ? giveUp(world, doer) : doer));
      return { ...world, doers };
    },
  };
}

/** The server's view of an activity: to be started, or started. */
export function withSlot(world: World, slot: Doer['slot'], kind: 'scheduled' | 'running'): World {
  const { run } = world;
  if (slot === 'nobody') return world;
  const task = slot === 'call' ? run.call : run.busy;
  if (task?.kind !== 'scheduled' && task?.kind !== 'running') return world;
  const now = { kind, call: task.call };
  return { ...world, run: slot === 'call' ? { ...run, call: now } : { ...run, busy: now } };
}

/** Is all that it may still do told by its call and its next effect? */
function isPastQuestions({ slot, call }: Doer, { kind }: Effect): boolean {
  if (kind === 'record' || kind === 'change' || kind === 'close') return true;
  if (kind === 'begin') return slot === 'nobody';
  if (kind !== 'send' && kind !== 'end') return false;
  return slot === 'nobody' || (call.activity === 'takeStep' && call.resendOf === undefined);
}

/** None of the payouts that it read before will be its result: they count as no newer than what the workflow has. */
function versionsOf({ slot }: Doer, replies: readonly number[], { run }: World): readonly number[] {
  return slot === 'nobody' ? [] : replies.map(() => run.view.version);
}
