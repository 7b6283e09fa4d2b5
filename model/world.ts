import type { PayoutStatus } from '../domain/payout-status.js';
import type { Progress } from '../domain/provider-answer.js';
import type { AttemptStep } from '../journal/port.js';
import type { Call, Hour } from './activity.js';
import type { JournalEffect } from './effect.js';
import { NOTHING_KNOWN, type ProviderSide } from './provider.js';

/** A payout as somebody saw it. Versions of one joint state are compared, and renumbered, with each other alone. */
export interface View {
  readonly status: PayoutStatus;
  readonly version: number;
}

/** One run of an activity on some worker. */
export interface Doer {
  /** Whose result it will be; `nobody`: the server has given it up, and it goes on. */
  readonly slot: 'call' | 'hear' | 'nobody';
  readonly call: Call;
  readonly hour: Hour;
  /** Numbers of the replies that it got, and the payout's version at each. */
  readonly replies: readonly number[];
  readonly versions: readonly number[];
}

/** The workflow's one provider call (`workflows/payout.ts`: `call`). */
export type CallSlot =
  | { readonly kind: 'scheduled' | 'running'; readonly call: Call }
  | {
      readonly kind: 'result';
      readonly view: View;
      readonly next: 'ask' | 'step' | 'resend';
      readonly of?: number | undefined;
    }
  | { readonly kind: 'error' };

/** What the workflow's loop waits for: `hear` or `review`. */
export type BusySlot =
  | { readonly kind: 'scheduled' | 'running'; readonly call: Call }
  | { readonly kind: 'write'; readonly write: JournalEffect };

/** `workflows/payout.ts`, as far as it decides anything. */
export interface Run {
  readonly phase: 'leading' | 'closing' | 'ended';
  readonly view: View;
  /** How many of the steps it has gone on from. */
  readonly step: number;
  readonly call?: CallSlot | undefined;
  readonly busy?: BusySlot | undefined;
  readonly proofs: readonly Progress[];
  readonly hint: boolean;
}

/** What only the model knows: for the rules, never for the engine. */
export interface Truth {
  /** Has a request left? */
  readonly left: boolean;
  /** Answers in a row, since the last intent, that the provider does not have what was asked for. */
  readonly unheard: number;
  /** Has the provider refused a request without keeping anything of it? */
  readonly refused: boolean;
}

/** One joint state of the payout's journal, workflow, activities, network and provider. */
export interface World {
  /** The number of a `Standing`, and its version. */
  readonly journal: { readonly standing: number; readonly version: number };
  readonly run: Run;
  readonly doers: readonly Doer[];
  /** Requests that nobody waits for any more and that may still arrive. */
  readonly inFlight: readonly AttemptStep[];
  readonly provider: ProviderSide;
  /** Proofs in the inbox, not yet delivered. */
  readonly inbox: readonly Progress[];
  readonly truth: Truth;
}

/** A payout that was just accepted: its workflow is about to take the first step. */
export function firstWorld(standing: number, step: AttemptStep): World {
  return {
    journal: { standing, version: 0 },
    run: {
      phase: 'leading',
      view: { status: 'created', version: 0 },
      step: 0,
      call: { kind: 'scheduled', call: { activity: 'takeStep', step } },
      proofs: [],
      hint: false,
    },
    doers: [],
    inFlight: [],
    provider: NOTHING_KNOWN,
    inbox: [],
    truth: { left: false, unheard: 0, refused: false },
  };
}

/** Two worlds with one future have one form: what has no order is sorted, and versions are ranked. */
export function canonical(world: World): World {
  const { run, doers, journal } = world;
  const versions = new Set([journal.version, run.view.version]);
  if (run.call?.kind === 'result') versions.add(run.call.view.version);
  for (const doer of doers) for (const version of doer.versions) versions.add(version);
  const ranked = [...versions].sort((a, b) => a - b);
  const rank = (version: number): number => ranked.indexOf(version);
  const viewed = (view: View): View => ({ ...view, version: rank(view.version) });
  return {
    ...world,
    journal: { ...journal, version: rank(journal.version) },
    run: {
      ...run,
      view: viewed(run.view),
      ...(run.call?.kind === 'result' && { call: { ...run.call, view: viewed(run.call.view) } }),
    },
    doers: sorted(doers.map((doer) => ({ ...doer, versions: doer.versions.map(rank) }))),
    inFlight: sorted(world.inFlight),
    inbox: sorted(world.inbox),
  };
}

/** The key of a canonical world. */
export function keyOf({ journal, run, doers, inFlight, provider, inbox, truth }: World): string {
  const parts = [
    `${journal.standing}.${journal.version}`,
    `${run.phase}.${run.view.status}.${run.view.version}.${run.step}.${run.hint}`,
    slotKey(run.call),
    slotKey(run.busy),
    run.proofs.length === 0 ? '' : JSON.stringify(run.proofs),
    doers.map(
      ({ slot, call, hour, replies, versions }) =>
        `${slot} ${callKey(call)} ${hour} ${replies.join()} ${versions.join()}`,
    ),
    inFlight,
    `${provider.order}.${provider.shown}.${provider.bookings}`,
    inbox.length === 0 ? '' : JSON.stringify(inbox),
    `${truth.left}.${truth.unheard}.${truth.refused}`,
  ];
  return parts.join('|');
}

function slotKey(slot: CallSlot | BusySlot | undefined): string {
  switch (slot?.kind) {
    case undefined:
    case 'error':
      return slot?.kind ?? '';
    case 'scheduled':
    case 'running':
      return `${slot.kind} ${callKey(slot.call)}`;
    case 'result':
      return `${slot.view.status} ${slot.view.version} ${slot.next} ${slot.of}`;
    case 'write':
      return JSON.stringify(slot.write);
  }
}

/** A short name of a call. */
export function callKey(call: Call): string {
  switch (call.activity) {
    case 'takeStep':
      return `${call.step} ${call.resendOf}`;
    case 'awaitChange':
      return `await ${call.from}`;
    case 'askStatus':
      return 'ask';
  }
}

function sorted<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const [first] = items;
  if (items.every((item) => item === first)) return items;
  return items
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
