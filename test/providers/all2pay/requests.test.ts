import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import { performPayoutBody, registerPayoutBody, statusBody } from '../../../providers/all2pay/requests.js';
import { CARD_ORDER, configOf, ORDER_ID, PAGE_ORDER, PAN, SBP_ORDER } from './fixtures.js';

const parse = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));
const COMMON = {
  userName: 'acme-api',
  password: 'hunter2!',
  orderNumber: ORDER_ID,
  amount: 10_050,
  currency: '643',
  language: 'en',
};

it('performPayout to a card', () => {
  expect(parse(performPayoutBody(CARD_ORDER, configOf()))).toEqual({ ...COMMON, target: { pan: PAN } });
  expect(parse(performPayoutBody(CARD_ORDER, configOf({ panPath: 'target.card.pan' })))).toEqual({
    ...COMMON,
    target: { card: { pan: PAN } },
  });
});

it('performPayout to a phone: names in the target', () => {
  expect(parse(performPayoutBody(SBP_ORDER, configOf()))).toEqual({
    ...COMMON,
    target: {
      phone: '79160001122',
      bankId: '100000000999',
      lastName: 'Сидоров',
      firstName: 'Олег',
      middleName: 'Иванович',
    },
  });
});

it('performPayout to a stored card, with everything that an order may have', () => {
  const order = {
    ...CARD_ORDER,
    destination: { type: 'stored_card', storedCardId: '9a1f0c5e' },
    recipient: {
      id: 'cust-9',
      firstName: 'Oleg',
      lastName: 'Sidorov',
      phone: '79160001122',
      email: 'o@s.ru',
    },
    description: 'Winnings «7f31c0»',
    metadata: { run: '2026-03' },
  } as const;
  expect(parse(performPayoutBody(order, configOf({ merchantLogin: 'acme-child' })))).toEqual({
    ...COMMON,
    merchantLogin: 'acme-child',
    description: 'Winnings «7f31c0»',
    client: { clientId: 'cust-9', email: 'o@s.ru', phone: '9160001122', name: 'Oleg Sidorov' },
    jsonParams: { run: '2026-03' },
    target: { bindingId: '9a1f0c5e' },
  });
});

it("performPayout from a payer's card, of whom the client then is", () => {
  const source = { providerCardId: '4c2e', ownerId: 'payer-1' };
  expect(parse(performPayoutBody({ ...CARD_ORDER, source }, configOf()))).toEqual({
    ...COMMON,
    client: { clientId: 'payer-1' },
    source: { bindingId: '4c2e' },
    target: { pan: PAN },
  });
  // The owner of the binding comes before a recipient whose id nobody needs.
  expect(
    parse(performPayoutBody({ ...CARD_ORDER, source, recipient: { id: 'cust-9' } }, configOf())),
  ).toMatchObject({ client: { clientId: 'payer-1' } });
  const stored = { ...CARD_ORDER, destination: { type: 'stored_card', storedCardId: '9a1f' } } as const;
  expect(
    parse(performPayoutBody({ ...stored, source, recipient: { id: 'cust-9' } }, configOf())),
  ).toMatchObject({
    client: { clientId: 'cust-9' },
    source: { bindingId: '4c2e' },
    target: { bindingId: '9a1f' },
  });
  expect(parse(registerPayoutBody({ ...PAGE_ORDER, source }, configOf()))).toMatchObject({
    source: { bindingId: '4c2e' },
  });
});

it('performPayout to an encrypted card: the token alone, wherever the card would go', () => {
  const config = configOf({ panPath: 'target.card.pan' });
  const body = performPayoutBody(CARD_ORDER, config, 'dG9rZW4=');
  expect(parse(body)).toEqual({ ...COMMON, target: { seToken: 'dG9rZW4=' } });
  expect(body.toString('utf8')).not.toContain(PAN);
});

it('registerPayout: no target, both URLs, the session', () => {
  const urls = { returnUrl: 'https://shop.example/ok', failUrl: 'https://shop.example/ok' };
  expect(parse(registerPayoutBody(PAGE_ORDER, configOf()))).toEqual({
    ...COMMON,
    sessionTimeoutSecs: 1200,
    urls,
  });
  const order = { ...PAGE_ORDER, returnUrls: { success: 'https://a.example', failure: 'https://b.example' } };
  expect(parse(registerPayoutBody(order, configOf({ sessionTimeoutSecs: 900 })))).toMatchObject({
    sessionTimeoutSecs: 900,
    urls: { returnUrl: 'https://a.example', failUrl: 'https://b.example' },
  });
});

it('getPayoutStatus: by our own number', () => {
  const { userName, password, language } = COMMON;
  expect(parse(statusBody(ORDER_ID, configOf()))).toEqual({
    userName,
    password,
    language,
    orderNumber: ORDER_ID,
  });
});

it('the exact bytes are minified JSON that reads back as the same JSON, whatever the texts', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 100 });
  fc.assert(
    fc.property(
      text,
      fc.dictionary(text, text),
      fc.integer({ min: 1, max: 999_999_999_999 }),
      (words, notes, minor) => {
        const metadata = Object.fromEntries(Object.entries(notes));
        const order = {
          ...CARD_ORDER,
          orderId: 'x' as OrderId,
          amount: { minor, currency: 'RUB' },
          description: words,
          metadata,
        } as const;
        const bytes = performPayoutBody(order, configOf());
        const again = parse(bytes);
        expect(Buffer.from(JSON.stringify(again), 'utf8').equals(bytes)).toBe(true);
        expect(again).toMatchObject({ amount: minor, description: words });
      },
    ),
  );
});
