import { PayoutInvalidError } from '../client/index.js';
import { isFinal } from '../domain/payout-status.js';
import { isSettledStoredCard } from '../domain/stored-card-status.js';
import { addCard, cardKey, cardOrder, cardReached, type CardToAdd } from './cards.js';
import type { Engine } from './engine.js';
import { asCallersDo, PATIENCE_MS, until } from './patience.js';
import { inWords, MERCHANT, type Result } from './result.js';
import type { StoringScenario } from './storing-scenario.js';
import type { StartedSubject, Surroundings } from './subject.js';

/** Plays one scenario about a stored card through the engine; never throws. `id` names the card. */
export async function playStoring(
  scenario: StoringScenario,
  id: string,
  engine: Engine,
  subject: StartedSubject,
  { accountId }: Surroundings,
): Promise<Result> {
  const { account, purpose, outcome, faults = [] } = scenario;
  const parts = subject.card(purpose, outcome);
  if (subject.accounts[account] === undefined || parts === undefined) {
    return { kind: 'lacking', words: `no storing of a ${purpose} card that is ${outcome}` };
  }
  if (faults.some(({ on, kind }) => !subject.faults[on].includes(kind))) {
    return { kind: 'lacking', words: 'its simulator cannot play this' };
  }
  try {
    return await lead(scenario, { id, account: accountId(account), purpose, parts }, engine, subject);
  } catch (error) {
    return { kind: 'broken', problems: [inWords(error)] };
  }
}

async function lead(
  { faults = [], person, again = 1, afterwards, expected }: StoringScenario,
  card: CardToAdd,
  engine: Engine,
  subject: StartedSubject,
): Promise<Result> {
  const { control } = subject;
  const { storedCards } = engine.client;
  await control.inject(cardOrder(card, engine), faults);
  const adding = Promise.all(Array.from({ length: again }, () => addCard(card, engine)));
  // Awaited below; until then a failure must not count as nobody's.
  adding.catch(() => undefined);
  if (person) {
    const asked = cardReached(card, engine, ({ status }) => status === 'action_required');
    const { action } = await asked;
    if (action === undefined) throw new Error('action_required without an action');
    await control.visit(action, person);
  }
  await adding;
  await cardReached(card, engine, ({ status }) => isSettledStoredCard(status));
  if (afterwards === 'remove_and_pay') await asCallersDo(() => storedCards.remove(cardKey(card), OPERATOR));
  const payout = afterwards && (await payTo(card, engine, subject));

  const { status, providerCardId } = await asCallersDo(() => storedCards.get(cardKey(card)));
  const kept = await control.card(cardOrder(card, engine));
  const problems = [
    ...(status === expected.status ? [] : [`it is ${status}`]),
    ...(kept.stored === expected.stored ? [] : [`the provider keeps ${kept.stored} of it`]),
    ...(payout === expected.payout ? [] : [`the payout to it is ${payout}`]),
    ...(status === 'active' && providerCardId !== kept.providerCardId
      ? ["we know it by another id than the provider's"]
      : []),
  ];
  return { kind: 'played', status, bookings: undefined, problems };
}

const OPERATOR = { actor: 'cli:conformance', reason: 'conformance' };

/** Where a payout to the card ends; `refused`: it never became one. */
async function payTo(
  { id, account }: CardToAdd,
  { client }: Engine,
  subject: StartedSubject,
): Promise<string> {
  const amount = subject.request('card', 'paid')?.amount;
  if (amount === undefined) throw new Error('the subject has no payout that is simply paid');
  const key = { merchant: MERCHANT, payoutId: `${id}-to` };
  try {
    await asCallersDo(() =>
      client.create({ ...key, account, amount, destination: { type: 'stored_card', storedCardId: id } }),
    );
  } catch (error) {
    if (error instanceof PayoutInvalidError) return 'refused';
    throw error;
  }
  return until('the payout to the card to end', PATIENCE_MS, async () => {
    const { status } = await asCallersDo(() => client.get(key));
    return isFinal(status) || status === 'in_review' ? status : undefined;
  });
}
