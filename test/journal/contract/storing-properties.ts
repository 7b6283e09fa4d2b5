import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StoredCardKey } from '../../../domain/ids.js';
import type { StoreProgress } from '../../../domain/provider-answer.js';
import { canMoveStoredCard, type StoredCardStatus } from '../../../domain/stored-card-status.js';
import type { Journal } from '../../../journal/port.js';
import type { StoredCardEvent } from '../../../journal/stored-cards/port.js';
import * as cards from '../support/cards.js';
import { OPERATOR, PROVIDER } from '../support/samples.js';

type Operation =
  | { readonly does: 'begin' | 'unsent' | 'remove' }
  | { readonly does: 'progress'; readonly progress: StoreProgress };

const word = fc.constantFrom(
  cards.STORING,
  cards.CHALLENGE,
  cards.OTHER_CHALLENGE,
  cards.STORED,
  cards.STORED_OTHERWISE,
  cards.NOT_STORED,
  cards.REFUSED,
  cards.TIMED_OUT,
  cards.UNCLEAR,
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ does: 'begin' as const }) },
  { weight: 2, arbitrary: fc.constant({ does: 'unsent' as const }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('progress' as const), progress: word }) },
  { weight: 1, arbitrary: fc.constant({ does: 'remove' as const }) },
);

/** What the rules allow, told in as few words as possible and without looking at the journal's code. */
class Model {
  out = false;
  /** The first id that the provider gave; it never changes. */
  providerCardId: string | undefined;
  removed = false;

  learn(progress: StoreProgress): void {
    if (this.removed || progress.kind !== 'stored') return;
    this.providerCardId ??= progress.providerCardId;
  }
}

export function storingProperties(journal: () => Journal, numRuns: number): void {
  it('keeps its rules in any order of operations', { timeout: 300_000 }, async () => {
    const history = fc.array(operation, { minLength: 1, maxLength: 14 });
    await fc.assert(fc.asyncProperty(history, run), { numRuns });
  });

  it('keeps them when the operations happen at once', { timeout: 300_000 }, async () => {
    const history = fc.array(operation, { minLength: 2, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(history, async (operations) => {
        const key = await cards.acceptedCard(journal());
        const begun = await Promise.all(operations.map((each) => perform(key, each)));
        const events = await expectSoundHistory(key);
        expect(begun.filter((result) => result === true)).toHaveLength(count(events, 'sent'));
      }),
      { numRuns },
    );
  });

  async function run(operations: readonly Operation[]): Promise<void> {
    const key = await cards.acceptedCard(journal());
    const model = new Model();
    for (const each of operations) {
      const before = (await journal().storedCards.read(key))?.card;
      const result = await perform(key, each);
      if (each.does === 'begin') {
        expect(result).toBe(!model.out && before?.status === 'requested');
        model.out ||= result;
      }
      if (each.does === 'unsent' && before?.status === 'requested') model.out = false;
      if (each.does === 'progress') model.learn(each.progress);
      if (each.does === 'remove') model.removed = true;

      const record = await journal().storedCards.read(key);
      expect(record?.sentAt !== undefined).toBe(model.out);
      expect(record?.card.providerCardId).toBe(model.providerCardId);
      const { status } = record?.card ?? {};
      expect(status === 'removed').toBe(model.removed);
      // Once it is known to be stored nothing but our own word takes it out of use.
      if (model.providerCardId !== undefined && !model.removed) expect(status).toBe('active');
      expect(record?.card.action !== undefined).toBe(status === 'action_required');
    }
    await expectSoundHistory(key);
  }

  async function perform(key: StoredCardKey, each: Operation): Promise<boolean> {
    const { storedCards } = journal();
    switch (each.does) {
      case 'begin':
        return storedCards.beginStoring(key);
      case 'unsent':
        await storedCards.endUnsent(key);
        return false;
      case 'progress':
        await storedCards.recordProgress(key, each.progress, PROVIDER);
        return false;
      case 'remove':
        await storedCards.remove(key, OPERATOR);
        return false;
    }
  }

  /** Numbered without gaps, every move legal, sent and unsent in turns, and the moves replay to how it stands. */
  async function expectSoundHistory(key: StoredCardKey): Promise<readonly StoredCardEvent[]> {
    const events = await journal().storedCards.events(key);
    const record = await journal().storedCards.read(key);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    expect(record?.card.version).toBe(events.length);
    expect(replay(events)).toBe(record?.card.status);
    const sending = events.filter((event) => event.type === 'sent' || event.type === 'unsent');
    sending.forEach((event, index) => expect(event.type).toBe(index % 2 === 0 ? 'sent' : 'unsent'));
    expect(record?.sentAt !== undefined).toBe(sending.at(-1)?.type === 'sent');
    return events;
  }
}

function count(events: readonly StoredCardEvent[], type: StoredCardEvent['type']): number {
  return events.filter((event) => event.type === type).length;
}

function replay(events: readonly StoredCardEvent[]): StoredCardStatus | undefined {
  let status: StoredCardStatus | undefined;
  for (const { type, from, to } of events) {
    if (to === undefined) continue;
    if (type !== 'accepted') {
      expect(from).toBe(status);
      expect(from !== undefined && canMoveStoredCard(from, to), `${from} to ${to}`).toBe(true);
    }
    status = to;
  }
  return status;
}
