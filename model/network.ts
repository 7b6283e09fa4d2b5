import type { MoneyAnswer } from '../domain/provider-answer.js';
import type { Configuration } from './configuration.js';
import type { Effect, Reply } from './effect.js';
import { MIN_NOT_FOUND } from './ledger.js';
import { receive, statusSaid } from './provider.js';
import type { Successor } from './search.js';
import { describeStatus } from './words.js';
import type { World } from './world.js';

/** What happened, where the two worlds do not show it. */
export type Fact =
  | { readonly kind: 'intent'; readonly number: number; readonly step: 'register' | 'execute' }
  | {
      readonly kind: 'leaves';
      readonly number: number;
      readonly step: 'register' | 'execute';
      readonly orderId: string;
    };

/** What may happen next. */
export type Next = Successor<World, Fact>;

/** What may happen next to an activity that waits for a reply. */
export interface Outcome extends Next {
  readonly reply: Reply;
}

const TIMEOUT: MoneyAnswer = { kind: 'unknown', code: '', message: '' };
const NOT_SENT: MoneyAnswer = { kind: 'not_sent', code: '', message: '' };

/** `request.send`: what may become of the one request. */
export function sendings(
  world: World,
  { number, step, orderId }: Extract<Effect, { kind: 'send' }>,
  config: Configuration,
): readonly Outcome[] {
  const { truth } = world;
  const fact = { kind: 'leaves', number, step, orderId } as const;
  const left: World = { ...world, truth: { ...truth, left: true } };
  const request = `request ${number} (${step})`;
  const outcomes: Outcome[] = [
    {
      label: `${request} leaves, no answer in time; it may still arrive`,
      state: { ...left, inFlight: [...world.inFlight, step] },
      reply: { value: TIMEOUT },
      fact,
    },
  ];
  for (const { label, provider, answer } of receive(world.provider, step, config)) {
    const state = received(left, provider, answer);
    const reaches = `${request} reaches the provider, which ${label}`;
    outcomes.push({ label: reaches, state, reply: { value: answer }, fact });
    outcomes.push({ label: `${reaches}; its answer is lost`, state, reply: { value: TIMEOUT }, fact });
  }
  if (number < config.attempts) {
    outcomes.push({ label: `${request} provably does not leave`, state: world, reply: { value: NOT_SENT } });
  }
  if (number <= config.attempts) {
    outcomes.push({ label: `${request} leaves and is lost`, state: left, reply: { value: TIMEOUT }, fact });
  }
  return outcomes;
}

/** A status query: the provider's answer, or none. */
export function answers(world: World, config: Configuration): readonly Outcome[] {
  const said = statusSaid(world.provider);
  const lacks =
    said.kind === 'not_found' ||
    said.kind === 'ready' ||
    (said.kind === 'not_paid' && said.mendable !== undefined);
  const mayResend = config.resendAfterNotFound === 'auto' || config.refusesMendably;
  const unheard = lacks && mayResend ? Math.min(world.truth.unheard + 1, MIN_NOT_FOUND + 1) : 0;
  return [
    {
      label: describeStatus(said),
      state: { ...world, truth: { ...world.truth, unheard } },
      reply: { value: { kind: 'answered', progress: said } },
    },
    { label: 'the status query gets no answer', state: world, reply: { value: TIMEOUT } },
  ];
}

/** The provider has a request: nothing of it is on its way any more. */
export function received(world: World, provider: World['provider'], answer: MoneyAnswer): World {
  const keptNothing =
    answer.kind === 'answered' && answer.progress.kind === 'not_paid' && provider === world.provider;
  const truth = keptNothing ? { ...world.truth, refused: true } : world.truth;
  return { ...world, provider, truth };
}
