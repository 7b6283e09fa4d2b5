import { expect, it } from 'vitest';
import type { StoreProgress } from '../../../domain/provider-answer.js';
import type { Journal } from '../../../journal/port.js';
import * as cards from '../support/cards.js';
import { OPERATOR, PROVIDER } from '../support/samples.js';

const { acceptedCard } = cards;

export function followingCards(journal: () => Journal): void {
  it('follows the provider through 3-D Secure and tells each move', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    await storedCards.beginStoring(key);
    const asked = await storedCards.recordProgress(key, cards.CHALLENGE, PROVIDER);
    expect(asked).toMatchObject({ status: 'action_required', action: { type: 'redirect' } });
    const active = await storedCards.recordProgress(key, cards.STORED, PROVIDER);
    expect(active).toMatchObject({ status: 'active', providerCardId: 'binding-1', version: 4 });
    expect(active).not.toHaveProperty('action');
    expect((await storedCards.read(key))?.card).toEqual(active);

    const events = await storedCards.events(key);
    expect(events.slice(2)).toMatchObject([
      { sequence: 3, type: 'status', from: 'requested', to: 'action_required', actor: PROVIDER.actor },
      { sequence: 4, type: 'status', from: 'action_required', to: 'active', data: cards.STORED },
    ]);
    // Whoever has the action's address could act for the owner.
    expect(JSON.stringify(events)).not.toContain('t0ken');
  });

  it('says why a card is not stored', async () => {
    const { storedCards } = journal();
    const cases: [StoreProgress, string][] = [
      [cards.NOT_STORED, 'failed'],
      [cards.REFUSED, 'failed'],
      [cards.TIMED_OUT, 'expired'],
      [cards.UNCLEAR, 'in_review'],
    ];
    for (const [word, status] of cases) {
      const card = await storedCards.recordProgress(await acceptedCard(journal()), word, PROVIDER);
      const { code, message } = word as Extract<StoreProgress, { code: string }>;
      expect(card).toMatchObject({ status, reason: { code, message } });
    }
  });

  it('writes nothing where nothing changes', async () => {
    const { storedCards } = journal();
    const cases: [StoreProgress[], StoreProgress[]][] = [
      [[], [cards.STORING]],
      [[cards.CHALLENGE], [cards.CHALLENGE, cards.STORING]],
      [[cards.STORED], [cards.STORED, cards.STORING, cards.CHALLENGE]],
      [[cards.NOT_STORED], [cards.REFUSED, cards.TIMED_OUT, cards.STORING, cards.CHALLENGE]],
      [[cards.TIMED_OUT], [cards.NOT_STORED, cards.STORING, cards.CHALLENGE]],
      [[cards.UNCLEAR], [cards.UNCLEAR, cards.STORING, cards.CHALLENGE]],
    ];
    for (const [first, later] of cases) {
      const key = await acceptedCard(journal());
      for (const word of first) await storedCards.recordProgress(key, word, PROVIDER);
      const before = await storedCards.read(key);
      for (const word of later) {
        expect(await storedCards.recordProgress(key, word, PROVIDER)).toEqual(before?.card);
      }
      expect(await storedCards.events(key)).toHaveLength(1 + first.length);
    }
  });

  it('takes a late proof that the card is stored, and a new address of the action', async () => {
    const { storedCards } = journal();
    for (const word of [cards.NOT_STORED, cards.TIMED_OUT, cards.UNCLEAR]) {
      const key = await acceptedCard(journal());
      await storedCards.recordProgress(key, word, PROVIDER);
      const card = await storedCards.recordProgress(key, cards.STORED, PROVIDER);
      expect(card).toMatchObject({ status: 'active', providerCardId: 'binding-1' });
      expect(card).not.toHaveProperty('reason');
    }
    const key = await acceptedCard(journal());
    await storedCards.recordProgress(key, cards.CHALLENGE, PROVIDER);
    const card = await storedCards.recordProgress(key, cards.OTHER_CHALLENGE, PROVIDER);
    expect(card).toMatchObject({ status: 'action_required', action: { type: 'form_post' } });
    expect(JSON.stringify(await storedCards.events(key))).not.toContain('s3cret');
  });

  it('records a contradicting later word once and changes nothing', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    const active = await storedCards.recordProgress(key, cards.STORED, PROVIDER);
    const words = [cards.STORED_OTHERWISE, cards.NOT_STORED, cards.UNCLEAR];
    for (const word of words) {
      for (let times = 0; times < 2; times += 1) {
        const { version: _, ...card } = await storedCards.recordProgress(key, word, PROVIDER);
        expect({ ...card, version: active.version }).toEqual(active);
      }
    }
    const events = (await storedCards.events(key)).slice(2);
    expect(events).toMatchObject(words.map((data) => ({ type: 'contradiction', data })));
    for (const event of events) expect(event).not.toHaveProperty('to');
  });

  it('takes a card out of use for good', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    await storedCards.recordProgress(key, cards.STORED, PROVIDER);
    const removed = await storedCards.remove(key, OPERATOR);
    expect(removed).toMatchObject({ status: 'removed', providerCardId: 'binding-1', version: 3 });
    expect(await storedCards.remove(key, OPERATOR)).toEqual(removed);
    for (const word of [cards.STORED, cards.STORED_OTHERWISE, cards.NOT_STORED, cards.UNCLEAR]) {
      expect(await storedCards.recordProgress(key, word, PROVIDER)).toEqual(removed);
    }
    expect((await storedCards.events(key)).slice(2)).toMatchObject([
      { type: 'removed', from: 'active', to: 'removed', actor: 'cli:olga', reason: OPERATOR.reason },
    ]);
  });

  it('bears what a provider may put into words', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    const odd: StoreProgress = { kind: 'stored', providerCardId: 'a\u0000b\ud800' };
    const card = await storedCards.recordProgress(key, odd, PROVIDER);
    expect(card.providerCardId).toBe('a\ufffdb\ufffd');
    expect(await storedCards.recordProgress(key, odd, PROVIDER)).toEqual(card);
  });
}
