import { describe, expect, it } from 'vitest';
import type { MerchantId, StoredCardId } from '../../../domain/ids.js';
import type { SealedStoreCardRequest } from '../../../domain/stored-card.js';
import { isLacking, type CardStorage, type CardToStore } from '../../../providers/port.js';
import type { UnmappedAnswer } from '../../../providers/registration.js';
import { playServer, rawServer, type PlayedAnswer } from '../local-server.js';
import { ACCOUNT, never, NOW, ORDER_ID, PAN, providerAt } from './fixtures.js';

const BINDING = '9a1f0c5e-77b2-4a41-8f0a-5f8f2f7f9e21';
const TARGET: CardToStore = {
  orderId: ORDER_ID,
  purpose: 'destination',
  ownerId: 'cust-9',
  card: { number: PAN },
};
const SOURCE: CardToStore = {
  orderId: ORDER_ID,
  purpose: 'source',
  ownerId: 'payer-1',
  card: { number: PAN, cvv: '739', expiry: { month: 7, year: 2031 }, holder: 'ANNA PETROVA' },
};
const queryOf = ({ orderId, purpose }: CardToStore) => ({ orderId, purpose, withheld: [] });

/** The samples of §7a. */
const TARGET_ANSWER = {
  errorCode: '0',
  errorMessage: 'SUCCESS',
  bindingId: BINDING,
  clientId: 'cust-9',
  maskedPan: '2200XXXXXXXX0004',
  orderNumber: ORDER_ID,
};
const CHALLENGE = {
  acsUrl: 'https://gw.bank.example/acs?mdOrder=77d0',
  errorCode: '0',
  info: 'redirecting',
  is3DSVer2: true,
  mdOrder: '77d0a1b2-0000-4000-8000-00000000c0de',
  paReq: 'eJx',
  termUrl: 'https://api.bank.example/payouts/api/v2/finish3DSv2.do',
  shortUrl: 'https://gw.bank.example/acsRedirect.do?orderId=77d0',
  orderNumber: ORDER_ID,
};
const SOURCE_ANSWER = {
  ...TARGET_ANSWER,
  clientId: 'payer-1',
  merchantLogin: 'acme',
  orderId: '77d0',
  orderType: 'createSourceBindingId',
};
const STORED = { kind: 'answered', progress: { kind: 'stored', providerCardId: BINDING } };
const CONTRADICTION = { kind: 'answered', progress: { kind: 'contradiction' } };
const NOT_FOUND = {
  errorCode: '98',
  errorMessage: 'Order not found in payout proxy. Check orderId or orderNumber',
};

const json = (body: unknown, status = 200): PlayedAnswer => ({ status, body: JSON.stringify(body) });

/** `answers`: to the storing and, where it is asked, to the status query. */
async function playing(answers: readonly PlayedAnswer[], changes: Record<string, unknown> = {}) {
  const left = [...answers];
  const { origin, seen } = await playServer(() => left.shift() ?? { status: 500 });
  const unmapped: UnmappedAnswer[] = [];
  const { cards } = providerAt(origin, changes, { onUnmapped: (answer) => unmapped.push(answer) });
  if (isLacking(cards)) throw new Error(cards.lacking);
  return { cards, seen, unmapped };
}
const storing = async (card: CardToStore, answer: PlayedAnswer, changes: Record<string, unknown> = {}) =>
  (await playing([answer], changes)).cards.store(card, never);
const asking = async (card: CardToStore, answer: PlayedAnswer, changes: Record<string, unknown> = {}) =>
  (await playing([answer], changes)).cards.status(queryOf(card), never);
const bodyOf = (text: string | undefined): unknown => JSON.parse(text ?? '');

describe("a recipient's card (§7a.1)", () => {
  it('is stored by createTargetBindingId.do, once', async () => {
    const { cards, seen } = await playing([json(TARGET_ANSWER)]);
    expect(await cards.store(TARGET, never)).toEqual(STORED);
    expect(seen.map(({ url }) => url)).toEqual(['/payouts/api/v2/createTargetBindingId.do']);
    expect(bodyOf(seen[0]?.body)).toEqual({
      userName: 'acme-api',
      password: 'hunter2!',
      orderNumber: ORDER_ID,
      clientId: 'cust-9',
      pan: PAN,
    });
  });

  it('never carries a verification code', async () => {
    const { cards, seen } = await playing([json(TARGET_ANSWER)]);
    await cards.store({ ...TARGET, card: SOURCE.card }, never);
    expect(bodyOf(seen[0]?.body)).toMatchObject({
      month: '07',
      year: '2031',
      cardholderName: 'ANNA PETROVA',
    });
    expect(seen[0]?.body).not.toContain('739');
  });

  it('is found by its order number, at the top or in `target`, with orderStatus or without', async () => {
    const { bindingId, ...rest } = TARGET_ANSWER;
    const nested = {
      ...rest,
      target: { bindingId, clientId: 'cust-9' },
      orderStatus: 2,
      amount: 0,
      currency: '643',
    };
    for (const body of [TARGET_ANSWER, nested, { ...TARGET_ANSWER, orderType: 'createTargetBindingId' }]) {
      expect(await asking(TARGET, json(body))).toEqual(STORED);
    }
  });

  it.each([
    ['another order number', { orderNumber: 'PO-other' }],
    ['another owner', { clientId: 'cust-8' }],
    ['another card', { maskedPan: '220000XXXXXX0012' }],
    ['a card to take money from', { orderType: 'createSourceBindingId' }],
    ['a card number for an id', { bindingId: PAN }],
    ['a card number in groups for an id', { bindingId: '2200-0000-0000-0004' }],
    ['too long an id', { bindingId: 'x'.repeat(256) }],
    ['blanks in the id', { bindingId: 'a b' }],
  ])('is a contradiction with %s', async (_what, change) => {
    expect(await storing(TARGET, json({ ...TARGET_ANSWER, ...change }))).toMatchObject(CONTRADICTION);
  });

  it('takes any mask, and an orderType that nobody knows is reported', async () => {
    for (const maskedPan of ['220000XXXXXX0004', '2200********0004', 'hidden', null]) {
      expect(await storing(TARGET, json({ ...TARGET_ANSWER, maskedPan }))).toEqual(STORED);
    }
    const { cards, unmapped } = await playing([json({ ...TARGET_ANSWER, orderType: 'createBinding' })]);
    expect(await cards.store(TARGET, never)).toEqual(STORED);
    expect(unmapped).toMatchObject([{ call: 'store', what: 'order_type', code: 'createBinding' }]);
  });

  it('may be called what the account says', async () => {
    const orderType = 'createSourceBindingId';
    const orderTypeValues = { destination: [orderType], source: [orderType] };
    for (const card of [TARGET, SOURCE]) {
      const answer = json({ ...TARGET_ANSWER, clientId: card.ownerId, orderType });
      expect(await storing(card, answer, { orderTypeValues })).toEqual(STORED);
    }
  });
});

describe("a payer's card (§7a.2)", () => {
  it('is sent with its verification code, and answered by a challenge', async () => {
    const { cards, seen } = await playing([json(CHALLENGE)], { merchantLogin: 'acme-child' });
    expect(await cards.store(SOURCE, never)).toEqual({
      kind: 'answered',
      progress: {
        kind: 'action_required',
        action: {
          type: 'redirect',
          url: CHALLENGE.shortUrl,
          expiresAt: new Date(NOW + 1_200_000).toISOString(),
        },
      },
    });
    expect(seen[0]?.url).toBe('/payouts/api/v2/createSourceBindingId.do');
    expect(bodyOf(seen[0]?.body)).toEqual({
      userName: 'acme-api',
      password: 'hunter2!',
      merchantLogin: 'acme-child',
      orderNumber: ORDER_ID,
      clientId: 'payer-1',
      pan: PAN,
      month: '07',
      year: '2031',
      cardholderName: 'ANNA PETROVA',
      cvv: '739',
    });
  });

  it('in the other spellings where the account says so', async () => {
    const { cards, seen } = await playing([json(CHALLENGE)], {
      cvvField: 'cvc',
      bindingUserNameField: 'username',
    });
    await cards.store(SOURCE, never);
    const body = bodyOf(seen[0]?.body);
    expect(body).toMatchObject({ cvc: '739', username: 'acme-api' });
    expect(body).not.toHaveProperty('cvv');
    expect(body).not.toHaveProperty('userName');
  });

  it('without a challenge it is stored at once, or confirmed first where the account says so', async () => {
    expect(await storing(SOURCE, json(SOURCE_ANSWER))).toEqual(STORED);
    const doubtful = { frictionlessSourceBinding: false };
    expect(await storing(SOURCE, json(SOURCE_ANSWER), doubtful)).toMatchObject({
      kind: 'unknown',
      code: 'not_confirmed',
    });
    expect(await asking(SOURCE, json(SOURCE_ANSWER), doubtful)).toEqual(STORED);
  });

  it('a challenge beside a binding comes first', async () => {
    const answer = await storing(SOURCE, json({ ...CHALLENGE, bindingId: BINDING }));
    expect(answer).toMatchObject({ progress: { kind: 'action_required' } });
  });

  it('is found by its order number after the challenge', async () => {
    const body = { ...SOURCE_ANSWER, orderStatus: '2' };
    expect(await asking(SOURCE, json(body))).toEqual(STORED);
    const { bindingId, ...rest } = body;
    expect(await asking(SOURCE, json({ ...rest, source: { bindingId } }))).toEqual(STORED);
    expect(await asking(SOURCE, json({ ...rest, target: { bindingId } }))).toMatchObject({ kind: 'unknown' });
    expect(await asking(SOURCE, json({ ...rest, orderStatus: '5' }))).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(await asking(SOURCE, json({ ...body, orderStatus: '0' }))).toMatchObject({
      progress: { kind: 'pending' },
    });
  });

  it('is not asked about where the provider does not tell', async () => {
    const { cards, seen } = await playing([], { sourceBindingStatus: false });
    expect(await cards.status(queryOf(SOURCE), never)).toMatchObject({
      kind: 'unknown',
      code: 'status_not_told',
    });
    expect(seen).toHaveLength(0);
    const target = await playing([json(TARGET_ANSWER)], { sourceBindingStatus: false });
    expect(await target.cards.status(queryOf(TARGET), never)).toEqual(STORED);
  });

  it('is not sent without its verification code', async () => {
    const { cards, seen } = await playing([]);
    const { cvv: _, ...card } = SOURCE.card;
    expect(await cards.store({ ...SOURCE, card }, never)).toMatchObject({
      kind: 'answered',
      progress: { kind: 'not_stored', class: 'refused', code: 'cvv_missing' },
    });
    expect(seen).toHaveLength(0);
  });
});

describe('a card that was not stored', () => {
  it.each([
    [{ orderStatus: '6', actionCode: -2006 }, 'declined', '-2006'],
    [{ orderStatus: '6', actionCode: -2007 }, 'expired', '-2007'],
    [{ orderStatus: '6', bindingId: BINDING }, 'declined', 'declined'],
  ])('%o', async (change, kind, code) => {
    const body = { errorCode: '0', orderNumber: ORDER_ID, ...change };
    const expected = { kind: 'answered', progress: { kind: 'not_stored', class: kind, code } };
    expect(await asking(SOURCE, json(body))).toMatchObject(expected);
    expect(await storing(SOURCE, json(body))).toMatchObject(expected);
  });

  it('an error is one, whatever binding data stands beside it (§14 I6)', async () => {
    const body = { ...TARGET_ANSWER, errorCode: '204', errorMessage: 'Unsupported pan' };
    expect(await storing(TARGET, json(body, 502))).toMatchObject({
      progress: { kind: 'not_stored', code: '204' },
    });
  });

  it.each(['3', '4'])('status %s cannot be', async (orderStatus) => {
    expect(await asking(TARGET, json({ ...TARGET_ANSWER, orderStatus }))).toMatchObject(CONTRADICTION);
  });

  it.each([
    ['neither id nor error', json({ errorCode: '0', orderNumber: ORDER_ID })],
    ['a status that nobody knows', json({ ...TARGET_ANSWER, orderStatus: '9' })],
    ['a success in an HTTP error', json({ ...TARGET_ANSWER, orderStatus: '2' }, 502)],
    ['no JSON', { body: '<html>' }],
    ['a challenge that no browser could follow', json({ errorCode: '0', acsUrl: 'javascript:1' })],
  ])('unknown after %s', async (_what, answer) => {
    expect(await storing(TARGET, answer)).toMatchObject({ kind: 'unknown' });
  });

  it('unknown when the connection breaks, without a word of the card', async () => {
    const port = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const { cards } = providerAt(`http://127.0.0.1:${port}`);
    const answer = await (cards as CardStorage).store(SOURCE, never);
    expect(answer).toMatchObject({ kind: 'unknown' });
    expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${PAN}|739|PETROVA`));
  });
});

describe('words that point to a refusal', () => {
  const refused = json({ errorCode: '98', errorMessage: 'Invalid request' }, 400);

  it.each([
    ['row 9', json(NOT_FOUND, 400)],
    ['status 6', json({ errorCode: '0', orderNumber: ORDER_ID, orderStatus: '6' })],
  ])('are one after a status query that agrees: %s', async (_what, status) => {
    const { cards, seen } = await playing([refused, status]);
    expect(await cards.store(TARGET, never)).toEqual({
      kind: 'answered',
      progress: { kind: 'not_stored', class: 'refused', code: '98', message: 'Invalid request' },
    });
    expect(seen.map(({ url }) => url.split('/').at(-1))).toEqual([
      'createTargetBindingId.do',
      'getPayoutStatus.do',
    ]);
  });

  it('are none where the status says otherwise', async () => {
    const { cards } = await playing([refused, json({ ...TARGET_ANSWER, orderStatus: '2' })]);
    expect(await cards.store(TARGET, never)).toEqual(STORED);
  });

  it('stay a suspicion where the status says nothing', async () => {
    const unclear = { kind: 'unknown', code: '98', suspected: { kind: 'not_paid', class: 'refused' } };
    expect(await (await playing([refused, { status: 500 }])).cards.store(TARGET, never)).toMatchObject(
      unclear,
    );
    const mute = await playing([refused], { sourceBindingStatus: false });
    expect(await mute.cards.store(SOURCE, never)).toMatchObject(unclear);
    expect(mute.seen).toHaveLength(1);
  });
});

it('repeats neither card, nor code, nor owner', async () => {
  const errorMessage = `card ${PAN} cvv 739 of payer-1 ANNA PETROVA, login acme-api, amount 7390`;
  const answer = await storing(SOURCE, json({ errorCode: '902', errorMessage }));
  expect(answer).toMatchObject({
    progress: { kind: 'not_stored', message: 'card *** cvv *** of *** ***, login ***, amount 7390' },
  });
});

describe('validate', () => {
  const REQUEST: SealedStoreCardRequest = {
    merchant: 'acme' as MerchantId,
    storedCardId: 'card-1' as StoredCardId,
    account: ACCOUNT,
    purpose: 'destination',
    ownerId: 'cust-9',
    card: { sealed: 'eyJ…', masked: '220000******0004' },
  };
  const cards = providerAt('http://127.0.0.1:1').cards as CardStorage;
  const fields = (change: Partial<SealedStoreCardRequest>) =>
    cards.validate({ ...REQUEST, ...change }).map(({ field }) => field);
  const withCvv = { ...REQUEST.card, cvvSecretId: 's-1' };

  it('takes what can be stored', () => {
    expect(fields({})).toEqual([]);
    expect(
      fields({ purpose: 'source', card: withCvv, returnUrls: { success: 'https://a.example/' } }),
    ).toEqual([]);
    expect(fields({ ownerId: 'x'.repeat(30) })).toEqual([]);
  });

  it.each([
    ['no owner', { ownerId: '' }, 'ownerId'],
    ['too long an owner', { ownerId: 'x'.repeat(31) }, 'ownerId'],
    ["a payer's card without its code", { purpose: 'source' }, 'card.cvv'],
    ["a recipient's card with one", { card: withCvv }, 'card.cvv'],
    ['a relative address', { returnUrls: { success: '/ok' } }, 'returnUrls.success'],
    [
      'a script',
      { returnUrls: { success: 'https://a.example', failure: 'javascript:1' } },
      'returnUrls.failure',
    ],
  ] as const)('refuses %s', (_what, change, field) => {
    expect(fields(change)).toEqual([field]);
  });
});
