import { visitPage } from '../cli/demo/visitor.js';
import type { ClearRequest } from '../chaos/plan/asks.js';
import type { Stage } from '../chaos/stage/start-stage.js';
import type { PaymentRequestInput } from '../schemas/payment-request.js';
import type { Answers } from './answers.js';
import { CARDS, CVV, CYRILLIC, DESCRIPTION, FORGED_KEY, HOLDER, PAYER, PERSON } from './marks.js';

const MERCHANT = 'acme';
const RETURN_URLS = { success: 'https://shop.example/done', failure: 'https://shop.example/failed' };
const WAIT_MS = 120_000;

type Asked = Omit<ClearRequest, 'merchant' | 'payoutId'>;

const toCard = (account: string, number: string, minor: number, currency = 'RUB'): Asked => ({
  account,
  amount: { minor, currency },
  destination: { type: 'card', number },
  recipient: PERSON,
  description: DESCRIPTION,
});

/** One of each provider, of each destination, and of each kind of end. */
const PAYOUTS: Readonly<Record<string, Asked>> = {
  paid: toCard('a2p-hint', CARDS.byClient, 101_000),
  declined: toCard('a2p-hint', CARDS.declined, 102_006),
  unknown: toCard('a2p-again', CARDS.unknown, 103_504),
  page: {
    account: 'a2p-hint',
    amount: { minor: 104_000, currency: 'RUB' },
    destination: { type: 'hosted_page' },
    recipient: PERSON,
    description: DESCRIPTION,
    returnUrls: RETURN_URLS,
  },
  phone: {
    account: 'a2p-again',
    amount: { minor: 105_000, currency: 'RUB' },
    destination: { type: 'phone', phone: PERSON.phone, bankId: '100000000999' },
    recipient: CYRILLIC,
  },
  'pne-card': toCard('pne', CARDS.toPayneteasy, 106_00, 'USD'),
  'pne-account': {
    account: 'pne-two',
    amount: { minor: 107_00, currency: 'USD' },
    destination: { type: 'bank_account', accountNumber: 'DE00123456780000000000', bankCode: 'EXAMPLE1' },
    recipient: PERSON,
  },
  'pne-doubt': {
    account: 'pne-again',
    amount: { minor: 108_00, currency: 'USD' },
    destination: { type: 'bank_account', accountNumber: 'DE00123456780000000007', bankCode: 'EXAMPLE1' },
    recipient: PERSON,
  },
  '8b-card': toCard('8b', CARDS.toDisbursement, 109_00, 'EUR'),
  '8b-account': {
    account: '8b-again',
    amount: { minor: 110_00, currency: 'EUR' },
    destination: { type: 'bank_account', accountNumber: 'LV80BANK0000435195001', bankCode: 'HABALV22' },
    recipient: PERSON,
  },
};

const PAYMENT: Omit<PaymentRequestInput, 'paymentId'> = {
  merchant: MERCHANT,
  account: 'shop',
  amount: { minor: 111_00, currency: 'EUR' },
  description: DESCRIPTION,
  payer: PAYER,
  returnUrls: RETURN_URLS,
  expiresAt: '2049-12-31T23:59:00Z',
  keepCard: true,
};

/** Puts every secret in by every door, through all providers, and asks for everything that can be asked for. */
export async function play(stage: Stage, answers: Answers): Promise<void> {
  await Promise.all([
    payOut(stage),
    payOutByApi(stage, answers),
    storeCards(stage, answers),
    takePayment(stage),
  ]);
  await beRefused(answers);
  await forgeCallbacks(answers);
  await readEverything(answers);
}

async function payOut({ client }: Stage): Promise<void> {
  await Promise.all(
    Object.entries(PAYOUTS).map(async ([payoutId, asked]) => {
      const payout = await client.create({ merchant: MERCHANT, payoutId, ...asked });
      if (payout.action) {
        const cards = [{ number: CARDS.typedAtPage }];
        await visitPage({
          action: payout.action,
          visit: 'complete',
          cards,
          returnUrls: Object.values(RETURN_URLS),
        });
      }
      await client.wait(payout, { timeoutMs: WAIT_MS });
    }),
  );
}

async function payOutByApi({ client }: Stage, answers: Answers): Promise<void> {
  const key = { merchant: MERCHANT, payoutId: 'by-api' };
  const made = await answers.call('POST', '/v1/payouts', {
    body: { ...key, ...toCard('a2p-hint', CARDS.byApi, 112_000) },
  });
  if (made.status !== 201) throw new Error(`The API refused a payout: ${made.status} ${made.text}`);
  await client.wait(key, { timeoutMs: WAIT_MS });
}

async function storeCards({ client }: Stage, answers: Answers): Promise<void> {
  const card = (storedCardId: string, number: string) => ({
    merchant: MERCHANT,
    storedCardId,
    account: 'a2p-again',
    purpose: 'source' as const,
    ownerId: PAYER.id,
    card: { number, expiry: { month: 12, year: 2031 }, holder: HOLDER, cvv: CVV },
    returnUrls: RETURN_URLS,
  });
  const stored = await answers.call('POST', '/v1/stored-cards', { body: card('by-api', CARDS.storedByApi) });
  if (stored.status >= 300) throw new Error(`The API refused a card: ${stored.status} ${stored.text}`);
  await client.storedCards.add(card('by-client', CARDS.storedByClient));
  for (const storedCardId of ['by-api', 'by-client']) {
    const { status } = await client.storedCards.wait(
      { merchant: MERCHANT, storedCardId },
      { timeoutMs: WAIT_MS },
    );
    if (status !== 'active') throw new Error(`The card ${storedCardId} is ${status}`);
    await answers.call('GET', `/v1/stored-cards/${storedCardId}?merchant=${MERCHANT}`);
  }
}

async function takePayment({ client }: Stage): Promise<void> {
  const payment = await client.payments.create({ ...PAYMENT, paymentId: 'by-page' });
  if (!payment.action) throw new Error(`The payment is ${payment.status}: there is no page`);
  // The provider's test card, which has a code of its own.
  const cards = [{ number: CARDS.typedByPayer, expiry: '12/31', code: '123', holder: HOLDER }];
  await visitPage({
    action: payment.action,
    visit: 'complete',
    cards,
    returnUrls: Object.values(RETURN_URLS),
  });
  await client.payments.wait(payment, { timeoutMs: WAIT_MS });
  const again = { ...PAYMENT, paymentId: 'by-token', recurrentOf: 'by-page', keepCard: undefined };
  await client.payments.wait(await client.payments.create(again), { timeoutMs: WAIT_MS });
}

/** Bad requests of every kind, with a card number wherever one can stand. */
async function beRefused(answers: Answers): Promise<void> {
  const number = CARDS.inRefusedField;
  const good = { merchant: MERCHANT, payoutId: 'refused', ...toCard('a2p-hint', number, 113_000) };
  const bodies: readonly unknown[] = [
    { ...good, amount: { minor: -1, currency: 'RUB' } },
    { ...good, payoutId: number },
    { ...good, description: `for ${number}` },
    { ...good, account: 'nobody' },
    { ...good, [number]: number },
    { ...good, destination: { type: 'card', number: `${number}1` } },
    JSON.stringify(good).slice(0, -5),
    JSON.stringify(good).repeat(400),
  ];
  for (const body of bodies) await refused(answers, '/v1/payouts', { body });
  await refused(answers, '/v1/payouts', { body: good, key: FORGED_KEY });
  await refused(answers, '/v1/payouts', { body: `card=${number}`, contentType: 'text/plain' });
  await refused(answers, `/v1/payouts/${number}/cancel`, { body: { merchant: MERCHANT, reason: number } });
  await refused(answers, '/v1/stored-cards', { body: { card: { number, cvv: CVV } } });
  await refused(answers, '/v1/payments', { body: { ...PAYMENT, paymentId: number, description: number } });
}

async function refused(
  answers: Answers,
  path: string,
  options: Parameters<Answers['call']>[2],
): Promise<void> {
  const { status } = await answers.call('POST', path, options);
  if (status < 400) throw new Error(`POST ${path} was taken with ${status}, and should have been refused`);
}

async function forgeCallbacks(answers: Answers): Promise<void> {
  const number = CARDS.inForgedCallback;
  for (const account of ['a2p-hint', 'pne', '8b', 'shop', 'nobody']) {
    const query = `?orderNumber=${number}&mdOrder=1&status=1&checksum=00&client_orderid=${number}`;
    await answers.call('GET', `/callbacks/${account}${query}`, { key: FORGED_KEY });
    const form = { body: query.slice(1), contentType: 'application/x-www-form-urlencoded', key: FORGED_KEY };
    await answers.call('POST', `/callbacks/${account}`, form);
    await answers.call('POST', `/callbacks/${account}`, { body: { pan: number, cvv: CVV }, key: FORGED_KEY });
  }
}

async function readEverything(answers: Answers): Promise<void> {
  const lists = [
    'payouts',
    'payments',
    'stored-cards',
    'reviews',
    'accounts',
    'stops',
    'notices',
    'api-keys',
  ];
  for (const list of lists) await answers.call('GET', `/v1/${list}`);
  const of = `merchant=${MERCHANT}`;
  for (const id of [...Object.keys(PAYOUTS), 'by-api', 'nobody']) {
    await answers.call('GET', `/v1/payouts/${id}?${of}`);
    await answers.call('GET', `/v1/payouts/${id}/events?${of}`);
    await answers.call('GET', `/v1/payouts/${id}/evidence?${of}&ask=true`);
  }
  for (const id of ['by-page', 'by-token']) {
    await answers.call('GET', `/v1/payments/${id}?${of}`);
    await answers.call('GET', `/v1/payments/${id}/events?${of}`);
  }
  for (const account of ['a2p-hint', 'pne', '8b', 'shop']) {
    await answers.call('GET', `/v1/accounts/${account}/balance`);
    await answers.call('GET', `/v1/accounts/${account}/ping`);
  }
}
