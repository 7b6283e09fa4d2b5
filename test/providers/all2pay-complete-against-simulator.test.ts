import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OrderId } from '../../domain/ids.js';
import type { NotPaid, StatusAnswer } from '../../domain/provider-answer.js';
import type { StoredCardPurpose } from '../../domain/stored-card.js';
import {
  isLacking,
  type BalanceReading,
  type CardStorage,
  type CardToStore,
  type Order,
  type PayoutProvider,
} from '../../providers/port.js';
import { all2pay } from '../../providers/all2pay/index.js';
import {
  ALL2PAY_VARIANTS,
  startAll2paySimulator,
  type All2paySimulator,
  type All2paySimulatorOptions,
  type All2payVariant,
} from '../../simulators/index.js';
import { ASKED, ACCOUNT, CARD_ORDER, never, PAN, send, SBP_ORDER } from './all2pay/fixtures.js';
import { DOCUMENTED_ERRORS } from './all2pay/documented-errors.js';

const LOGIN = { userName: 'acme-api', password: 'hunter2' };
const BALANCE_PATH = '/sim-invented/getBalance.do';
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const SIGNING = { pkcs8Pem: KEYS.privateKey, passphrase: 'open sesame' };

async function start(options: All2paySimulatorOptions = {}): Promise<All2paySimulator> {
  const timings = { hangMs: 300, notFoundMs: 300, pendingMs: 100, threeDsMs: 60_000 };
  const simulator = await startAll2paySimulator({
    ...LOGIN,
    transitBalanceMinor: 1_000_000,
    timings,
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

function at(
  { baseUrl }: Pick<All2paySimulator, 'baseUrl'>,
  changes: object = {},
  now?: () => number,
): PayoutProvider {
  return all2pay.create(ACCOUNT, { baseUrl, ...LOGIN, ...changes }, { now });
}

let count = 0;
const fresh = (): OrderId => `PO-${(count += 1)}` as OrderId;
function order(minor: number, more: Partial<Order> = {}, of: Order = CARD_ORDER): Order {
  return { ...of, ...more, orderId: fresh(), amount: { minor, currency: 'RUB' } };
}
const ask = (
  provider: PayoutProvider,
  { orderId, amount }: Order,
  suspected?: NotPaid,
): Promise<StatusAnswer> => provider.status({ orderId, amount, suspected, ...ASKED }, never);
const bookings = async ({ control }: All2paySimulator, { orderId }: Order) =>
  (await control.order(orderId))?.bookings ?? 0;

function cardsOf({ cards }: PayoutProvider): CardStorage {
  if (isLacking(cards)) throw new Error(cards.lacking);
  return cards;
}
const cardToStore = (purpose: StoredCardPurpose, number = PAN): CardToStore => ({
  orderId: fresh(),
  purpose,
  ownerId: 'owner-1',
  card: { number, expiry: { month: 7, year: 2031 }, ...(purpose === 'source' && { cvv: '739' }) },
});
const askCard = (provider: PayoutProvider, { orderId, purpose }: CardToStore) =>
  cardsOf(provider).status({ orderId, purpose, ...ASKED }, never);

const paid = { kind: 'answered', progress: { kind: 'paid' } };
const pending = { kind: 'answered', progress: { kind: 'pending' } };
const stored = {
  kind: 'answered',
  progress: { kind: 'stored', providerCardId: expect.any(String) as string },
};

describe('an encrypted card', () => {
  it('is paid to, where nothing else is taken', async () => {
    const simulator = await start({ cards: 'seTokenOnly' });
    const payout = order(10_050);
    expect(await send(at(simulator, { cardEncryption: 'seToken' }), payout)).toMatchObject(paid);
    expect(await bookings(simulator, payout)).toBe(1);
    const open = order(10_050);
    expect(await send(at(simulator), open)).toMatchObject({
      kind: 'unknown',
      suspected: { class: 'refused' },
    });
    expect(await bookings(simulator, open)).toBe(0);
  });

  it('whose key was retired meanwhile can be mended by a new request under the same order number', async () => {
    const simulator = await start();
    const provider = at(simulator, { cardEncryption: 'seToken' });
    expect(await send(provider, order(10_050))).toMatchObject(paid);
    await simulator.control.rotateKeys(true);
    const payout = order(10_050);
    const answer = await send(provider, payout);
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { mendable: 'rebuild' } });
    const suspected = answer.kind === 'unknown' ? answer.suspected : undefined;
    expect(await ask(provider, payout, suspected)).toMatchObject({ progress: { mendable: 'rebuild' } });
    expect(await send(provider, payout)).toMatchObject(paid);
    expect(await bookings(simulator, payout)).toBe(1);
  });

  it('is refused while the clocks differ by more than half an hour, and not paid', async () => {
    const simulator = await start();
    const provider = at(simulator, { cardEncryption: 'seToken' }, () => Date.now() - 31 * 60_000);
    const payout = order(10_050);
    expect(await send(provider, payout)).toMatchObject({ suspected: { mendable: 'rebuild' } });
    expect(await bookings(simulator, payout)).toBe(0);
  });
});

describe('signed requests', () => {
  it('are all taken', async () => {
    const simulator = await start({ signing: { publicKey: KEYS.publicKey } });
    const provider = at(simulator, { signing: SIGNING, balancePath: BALANCE_PATH });
    const payout = order(10_050, { description: 'Выигрыш за май' });
    expect(await send(provider, payout)).toMatchObject(paid);
    expect(await ask(provider, payout)).toMatchObject(paid);
    expect(await cardsOf(provider).store(cardToStore('destination'), never)).toMatchObject(stored);
    expect(await (provider.balance as BalanceReading).read(never)).toMatchObject({ kind: 'answered' });
    const { signatures } = await simulator.control.requests();
    expect(signatures).toMatchObject({ valid: 4, invalid: 0, absent: 0 });
  });

  it('by another key, or unsigned ones, are refused', async () => {
    const simulator = await start({ signing: { publicKey: KEYS.publicKey } });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pkcs8Pem = other.export({ type: 'pkcs8', format: 'pem' });
    for (const signing of [{ pkcs8Pem }, { ...SIGNING, enabled: false }]) {
      const payout = order(10_050);
      expect(await send(at(simulator, { signing }), payout)).toMatchObject({
        progress: { kind: 'not_paid', class: 'refused' },
      });
      expect(await bookings(simulator, payout)).toBe(0);
    }
  });
});

describe("a payer's card", () => {
  const act = (answer: object): Promise<string> => {
    const { progress } = answer as {
      progress: { action: { type: string; url: string; fields?: Record<string, string> } };
    };
    const { type, url, fields } = progress.action;
    const form = { method: 'POST', body: new URLSearchParams(fields) };
    return fetch(url, type === 'redirect' ? {} : form).then((page) => page.text());
  };

  it.each(['shortUrl', 'classic', 'creq'] as const)('is stored after 3-D Secure by %s', async (threeDs) => {
    const simulator = await start({ threeDs });
    const provider = at(simulator);
    const card = cardToStore('source');
    const answer = await cardsOf(provider).store(card, never);
    expect(answer).toMatchObject({
      progress: {
        kind: 'action_required',
        action: { type: threeDs === 'shortUrl' ? 'redirect' : 'form_post' },
      },
    });
    // The bank's page knows the order by what the action carries.
    expect(await act(answer)).toContain(card.orderId);
    expect(await askCard(provider, card)).toMatchObject(pending);
    await simulator.control.answerChallenge(card.orderId, true);
    expect(await askCard(provider, card)).toMatchObject(stored);
  });

  it('is not stored after a refused challenge', async () => {
    const simulator = await start();
    const card = cardToStore('source');
    await cardsOf(at(simulator)).store(card, never);
    await simulator.control.answerChallenge(card.orderId, false);
    expect(await askCard(at(simulator), card)).toMatchObject({
      progress: { kind: 'not_stored', class: 'declined' },
    });
  });

  it('pays, with and without 3-D Secure of its own', async () => {
    const simulator = await start();
    const provider = at(simulator);
    const card = cardToStore('source', '2200700000000009');
    const answer = await cardsOf(provider).store(card, never);
    if (answer.kind !== 'answered' || answer.progress.kind !== 'stored')
      throw new Error(JSON.stringify(answer));
    const source = { providerCardId: answer.progress.providerCardId, ownerId: card.ownerId };

    const plain = order(10_050, { source });
    expect(await send(provider, plain)).toMatchObject(paid);
    const asked = order(10_003, { source });
    const challenge = await send(provider, asked);
    expect(challenge).toMatchObject({ progress: { kind: 'action_required' } });
    expect(await act(challenge)).toContain(asked.orderId);
    expect(await ask(provider, asked)).toMatchObject(pending);
    await simulator.control.answerChallenge(asked.orderId, true);
    expect(await ask(provider, asked)).toMatchObject(paid);
    const refused = order(10_003, { source });
    await send(provider, refused);
    await simulator.control.answerChallenge(refused.orderId, false);
    expect(await ask(provider, refused)).toMatchObject({ progress: { kind: 'not_paid', class: 'declined' } });
    expect([await bookings(simulator, asked), await bookings(simulator, refused)]).toEqual([1, 0]);
  });

  it('is row 27 without a source: not paid, after one query', async () => {
    const simulator = await start();
    const payout = order(10_003);
    const answer = await send(at(simulator), payout);
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { class: 'declined' } });
    const suspected = answer.kind === 'unknown' ? answer.suspected : undefined;
    expect(await ask(at(simulator), payout, suspected)).toMatchObject({ progress: { kind: 'not_paid' } });
  });
});

describe("a recipient's stored card", () => {
  it('is paid to, and no more once it is dead', async () => {
    const simulator = await start();
    const provider = at(simulator);
    const card = cardToStore('destination');
    const answer = await cardsOf(provider).store(card, never);
    if (answer.kind !== 'answered' || answer.progress.kind !== 'stored')
      throw new Error(JSON.stringify(answer));
    expect(await askCard(provider, card)).toEqual(answer);
    const { providerCardId } = answer.progress;
    const destination = { type: 'stored_card', storedCardId: providerCardId } as const;
    const to = () => order(10_050, { destination, recipient: { id: card.ownerId } });
    expect(await send(provider, to())).toMatchObject(paid);
    await simulator.control.kill(providerCardId);
    const payout = to();
    expect(await send(provider, payout)).toMatchObject({ kind: 'unknown', suspected: { class: 'declined' } });
    expect(await bookings(simulator, payout)).toBe(0);
  });

  it('that the provider never heard of is not found', async () => {
    const simulator = await start();
    expect(await askCard(at(simulator), cardToStore('destination'))).toEqual({
      kind: 'answered',
      progress: { kind: 'not_found' },
    });
  });
});

it('the balance, true after a payout', async () => {
  const simulator = await start();
  const provider = at(simulator, { balancePath: BALANCE_PATH });
  const read = () => (provider.balance as BalanceReading).read(never);
  expect(await read()).toMatchObject({ balances: [{ currency: 'RUB', availableMinor: 1_000_000 }] });
  await send(provider, order(10_050));
  expect(await read()).toMatchObject({ balances: [{ currency: 'RUB', availableMinor: 989_950 }] });
});

describe('every row of the error table, as the simulator writes it', () => {
  let simulator: All2paySimulator;
  let provider: PayoutProvider;
  beforeAll(async () => {
    simulator = await startAll2paySimulator({ ...LOGIN });
    provider = at(simulator, { authFailurePolicy: 'continue' });
  });
  afterAll(() => simulator.close());

  it.each(DOCUMENTED_ERRORS)('row $row', async ({ row, execute, status }) => {
    const payout = order(10_050);
    const about = { kind: 'row', row, orderNumber: payout.orderId } as const;
    await simulator.control.inject(
      { ...about, method: 'performPayout' },
      { ...about, method: 'getPayoutStatus' },
    );
    const answer = await send(provider, payout);
    const suspected = answer.kind === 'unknown' ? answer.suspected : undefined;
    const said = answer.kind === 'answered' ? answer.progress : suspected;
    const word = said?.kind === 'not_paid' ? said.class : 'unknown';
    // Row 5 names a field of the recipient's or one of ours: both are possible.
    const either = row === 5 ? ['maybe refused', 'maybe declined'] : [execute];
    expect(either).toContain(suspected ? `maybe ${word}` : word);
    const read = await ask(provider, payout);
    const kinds = { unknown: 'unknown', not_found: 'not_found', declined: 'not_paid' };
    expect(read.kind === 'answered' ? read.progress.kind : read.kind).toBe(kinds[status]);
    expect(await bookings(simulator, payout)).toBe(0);
  });
});

/** What an account must be told to meet the variant; everything else is tolerated as it comes. */
function settingsFor({ patch }: All2payVariant): Record<string, unknown> {
  const { panPath, cards, cvvField, requireClientName, minAmountMinor, orderNumberPattern, feeMode } = patch;
  const { signatureInput, hashRawBytes } = patch;
  const given = {
    panPath,
    cvvField,
    requireClientName,
    orderNumberPattern,
    feeMode,
    minAmount: minAmountMinor,
    cardEncryption: cards === 'seTokenOnly' ? 'seToken' : undefined,
    signing: { ...SIGNING, signatureInput, hashRawBytes },
    orderTypeValues:
      patch.orderType === 'alwaysSource'
        ? { destination: ['createSourceBindingId'], source: ['createSourceBindingId'] }
        : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

describe('every assumed behaviour in its other variant', () => {
  it.each(ALL2PAY_VARIANTS)('$name: $words', async (variant) => {
    const simulator = await start({
      ...variant.patch,
      keys: variant.keys,
      signing: { publicKey: KEYS.publicKey },
    });
    const provider = at(simulator, settingsFor(variant));
    const named = { recipient: { firstName: 'Anna', lastName: 'Petrova' }, description: 'for May' };
    const good = order(10_050, named);
    expect(await send(provider, good)).toMatchObject(paid);
    expect(await ask(provider, good)).toMatchObject(paid);
    const bad = order(10_006, named);
    expect(await send(provider, bad)).toMatchObject({ progress: { kind: 'not_paid', class: 'declined' } });
    expect(await ask(provider, bad)).toMatchObject({ progress: { kind: 'not_paid' } });
    const lost = order(10_500, named);
    expect(await send(provider, lost)).toMatchObject({ kind: 'unknown' });
    expect(await ask(provider, lost)).toMatchObject(paid);
    const phone = order(10_050, {}, { ...SBP_ORDER });
    let answer: StatusAnswer = await send(provider, phone);
    for (
      let tries = 0;
      tries < 20 && answer.kind === 'answered' && answer.progress.kind === 'pending';
      tries += 1
    ) {
      await sleep(50);
      answer = await ask(provider, phone);
    }
    expect(answer).toMatchObject(paid);
    const target = cardToStore('destination');
    expect(await cardsOf(provider).store(target, never)).toMatchObject(stored);
    expect(await askCard(provider, target)).toMatchObject(stored);
    const frictionless = cardToStore('source', '2200700000000009');
    expect(await cardsOf(provider).store(frictionless, never)).toMatchObject(stored);
    for (const [payout, booked] of [
      [good, 1],
      [bad, 0],
      [lost, 1],
      [phone, 1],
    ] as const) {
      expect(await bookings(simulator, payout)).toBe(booked);
    }
  });

  // Keys of 4096 bits take a busy machine their time.
  it.each(ALL2PAY_VARIANTS.filter((variant) => variant.keys !== undefined))(
    'with encrypted cards: $words',
    async ({ keys }) => {
      const simulator = await start({ keys, cards: 'seTokenOnly' });
      expect(await send(at(simulator, { cardEncryption: 'seToken' }), order(10_050))).toMatchObject(paid);
    },
    120_000,
  );
});
