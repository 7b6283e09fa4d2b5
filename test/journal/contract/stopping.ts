import { expect, it } from 'vitest';
import type { AccountId } from '../../../domain/ids.js';
import { stopReason, type Stop, type StopScope } from '../../../domain/stop.js';
import type { Journal } from '../../../journal/port.js';
import { acceptedCard } from '../support/cards.js';
import { acceptedPayment, begunOperation, operation, paidPayment, start } from '../support/payments.js';
import {
  accepted,
  begin,
  eventTypes,
  executed,
  NOT_SENT,
  OPERATOR,
  UNKNOWN,
  unique,
} from '../support/samples.js';

const NEVER_LEFT = { kind: 'not_sent', code: 'ECONNREFUSED', message: 'Connection refused' } as const;

/** Each test stops a merchant or account of its own: the journal forgets nothing between tests. */
export function stopping(journal: () => Journal): void {
  const stop = async (scope: StopScope): Promise<Stop> =>
    (await journal().stops.add({ scope, ...OPERATOR })).stop;
  const resume = (id: string) => journal().stops.resume(id, OPERATOR);

  it('stops a payout before anything of it is sent, says so, and lets it go when it is lifted', async () => {
    const { payouts } = journal();
    const key = await accepted(journal());
    const made = await stop({ kind: 'merchant', value: key.merchant });
    expect(await begin(journal(), key)).toEqual({ kind: 'stopped' });
    expect(await payouts.attempts(key)).toEqual([]);
    expect(await payouts.noteStop(key)).toMatchObject({ status: 'created', reason: stopReason(made) });
    await payouts.noteStop(key);
    expect(await payouts.events(key)).toMatchObject([
      { type: 'accepted' },
      { type: 'stopped', ...OPERATOR, data: { stop: made.id } },
    ]);
    expect(await payouts.read(key)).toMatchObject({ stop: made });

    await resume(made.id);
    const read = await payouts.read(key);
    expect(read).not.toHaveProperty('stop');
    expect(Math.abs(Date.parse(read?.resumedAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await begin(journal(), key)).toEqual({ kind: 'go', number: 1 });
    expect(await payouts.get(key)).not.toHaveProperty('reason');
  });

  const SCOPES: readonly (readonly [
    string,
    (of: AccountId, merchant: string) => StopScope,
    'waits' | 'goes',
  ])[] = [
    ['its account', (value) => ({ kind: 'account', value }), 'waits'],
    ['its provider', () => ({ kind: 'provider', value: 'all2pay' }), 'waits'],
    ['its merchant', (_account, value) => ({ kind: 'merchant', value }), 'waits'],
    ['all', () => ({ kind: 'all' }), 'waits'],
    ['another account', () => ({ kind: 'account', value: unique('a') }), 'goes'],
    ['another provider', () => ({ kind: 'provider', value: 'eightb_pay' }), 'goes'],
    ['another merchant', () => ({ kind: 'merchant', value: unique('m') }), 'goes'],
    ['an account named as its merchant', (_account, value) => ({ kind: 'account', value }), 'goes'],
    ['a merchant named as its account', (value) => ({ kind: 'merchant', value }), 'goes'],
    ['a provider named as its account', (value) => ({ kind: 'provider', value }), 'goes'],
  ];

  it.each(SCOPES)('a stop of %s: it %3$s', async (_words, scopeOf, outcome) => {
    const account = unique('a') as AccountId;
    const key = await accepted(journal(), { account });
    const card = await acceptedCard(journal(), { account, merchant: key.merchant });
    const { id, scope } = await stop(scopeOf(account, key.merchant));
    try {
      const covered = { merchant: key.merchant, account, provider: 'all2pay' };
      expect((await journal().stops.covering(covered))?.id).toBe(outcome === 'waits' ? id : undefined);
      const unfinished = await journal().stops.unfinished(scope);
      if (outcome === 'waits') expect(unfinished.payouts).toBeGreaterThanOrEqual(1);
      expect((await begin(journal(), key)).kind).toBe(outcome === 'waits' ? 'stopped' : 'go');
      expect(await journal().storedCards.beginStoring(card)).toBe(outcome === 'goes');
    } finally {
      await resume(id);
    }
  });

  it('holds while any stop covers the payout', async () => {
    const key = await accepted(journal());
    const account = unique('a') as AccountId;
    const other = await accepted(journal(), { merchant: key.merchant, account });
    const ofMerchant = await stop({ kind: 'merchant', value: key.merchant });
    const ofAccount = await stop({ kind: 'account', value: account });
    await resume(ofMerchant.id);
    expect(await begin(journal(), key)).toMatchObject({ kind: 'go' });
    expect(await begin(journal(), other)).toEqual({ kind: 'stopped' });
    await resume(ofAccount.id);
    expect(await begin(journal(), other)).toMatchObject({ kind: 'go' });
  });

  it('tells of what was sent before as ever', async () => {
    const unknown = await executed(journal(), UNKNOWN);
    await stop({ kind: 'merchant', value: unknown.merchant });
    expect(await begin(journal(), unknown)).toMatchObject({ kind: 'answered' });
    // The resend that the provider's "not found" would allow obeys too.
    expect(await begin(journal(), unknown, 'execute', 1)).toEqual({ kind: 'stopped' });
    expect(await journal().payouts.recordProgress(unknown, { kind: 'paid' }, OPERATOR)).toMatchObject({
      status: 'succeeded',
    });
    expect(await journal().payouts.noteStop(unknown)).toMatchObject({ status: 'succeeded' });
  });

  it('does not keep an unsent payout from being cancelled', async () => {
    const { payouts } = journal();
    const key = await executed(journal(), NOT_SENT);
    await stop({ kind: 'merchant', value: key.merchant });
    await payouts.noteStop(key);
    const reason = { code: 'cancelled', message: 'ordered twice' };
    expect(await payouts.closeUnsent(key, { to: 'cancelled', reason }, OPERATOR)).toMatchObject({
      closed: true,
      payout: { status: 'cancelled', reason },
    });
    expect(await begin(journal(), key)).toMatchObject({ kind: 'closed' });
  });

  it('stops a scope once, however many ask at the same time, and anew after it was lifted', async () => {
    const scope = { kind: 'merchant', value: unique('m') } as const;
    const added = await Promise.all(
      Array.from({ length: 20 }, () => journal().stops.add({ scope, reason: 'r', actor: 'cli:olga' })),
    );
    expect(added.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(added.map((each) => each.stop.id)).size).toBe(1);
    const id = added[0]?.stop.id ?? '';
    const lifted = await Promise.all(Array.from({ length: 10 }, () => resume(id)));
    expect(lifted.filter((each) => each?.repeated === false)).toHaveLength(1);
    expect(lifted[0]?.stop.resumed).toMatchObject(OPERATOR);
    expect((await stop(scope)).id).not.toBe(id);
  });

  it('lists what is in force, and all that ever was', async () => {
    const first = await stop({ kind: 'merchant', value: unique('m') });
    const second = await stop({ kind: 'merchant', value: unique('m') });
    await resume(first.id);
    const ids = async (which: 'in_force' | 'all') => (await journal().stops.list(which)).map(({ id }) => id);
    expect(await ids('in_force')).toContain(second.id);
    expect(await ids('in_force')).not.toContain(first.id);
    expect((await ids('all')).slice(0, 2)).toEqual([second.id, first.id]);
    expect(await resume('999999999')).toBeUndefined();
    expect(await resume('1; drop')).toBeUndefined();
  });

  it('of intents and a stop at the same time, each is either committed or stopped', async () => {
    const { merchant } = await accepted(journal());
    const keys = await Promise.all(Array.from({ length: 20 }, () => accepted(journal(), { merchant })));
    const [outcomes] = await Promise.all([
      Promise.all(keys.map((key) => begin(journal(), key))),
      stop({ kind: 'merchant', value: merchant }),
    ]);
    for (const [index, key] of keys.entries()) {
      const went = outcomes[index]?.kind === 'go';
      expect(await eventTypes(journal(), key)).toEqual(went ? ['accepted', 'intent'] : ['accepted']);
      expect((await begin(journal(), key)).kind).toBe(went ? 'unanswered' : 'stopped');
    }
  });

  it('stops starts and operations of payments', async () => {
    const { payments } = journal();
    const fresh = await acceptedPayment(journal());
    const paid = await paidPayment(journal(), { merchant: fresh.merchant });
    const refund = operation(paid, 'refund');
    const { number } = await begunOperation(journal(), refund);
    await payments.answerOperation(refund, number, NEVER_LEFT);
    const made = await stop({ kind: 'merchant', value: fresh.merchant });

    expect(await start(journal(), fresh)).toEqual({ kind: 'stopped' });
    expect(await payments.noteStop(fresh)).toMatchObject({ status: 'created', reason: stopReason(made) });
    expect(await payments.beginOperation(refund, 'bytes')).toEqual({ kind: 'stopped' });
    const noted = await payments.noteOperationStop(refund);
    expect(noted.operation).toMatchObject({ status: 'processing', reason: stopReason(made) });
    const { version } = noted.payment;
    expect((await payments.noteOperationStop(refund)).payment.version).toBe(version);

    await resume(made.id);
    expect(await start(journal(), fresh)).toEqual({ kind: 'go', number: 1 });
    expect(await payments.beginOperation(refund, 'bytes')).toMatchObject({ kind: 'go' });
    const [its] = (await payments.get(paid))?.operations ?? [];
    expect(its).toMatchObject({ status: 'processing' });
    expect(its).not.toHaveProperty('reason');
  });

  it('stops the storing of cards', async () => {
    const { storedCards } = journal();
    const key = await acceptedCard(journal());
    const made = await stop({ kind: 'merchant', value: key.merchant });
    expect(await storedCards.beginStoring(key)).toBe(false);
    expect(await storedCards.noteStop(key)).toMatchObject({ status: 'requested', reason: stopReason(made) });
    expect(await storedCards.read(key)).toMatchObject({ stop: made });
    await resume(made.id);
    expect(await storedCards.beginStoring(key)).toBe(true);
    expect((await storedCards.read(key))?.card).not.toHaveProperty('reason');
    // Once it may have left, it waits for its outcome and not for a stop.
    await stop({ kind: 'merchant', value: key.merchant });
    expect(await storedCards.noteStop(key)).not.toHaveProperty('reason');
  });
}
