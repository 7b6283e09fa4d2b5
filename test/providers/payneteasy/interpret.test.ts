import { describe, expect, it } from 'vitest';
import type { NotPaid, StatusAnswer } from '../../../domain/provider-answer.js';
import type { OrderId } from '../../../domain/ids.js';
import { interpretMoney } from '../../../providers/payneteasy/interpret-money.js';
import { interpretStatus } from '../../../providers/payneteasy/interpret-status.js';
import { settleSuspicion } from '../../../providers/payneteasy/suspicion.js';
import {
  ACCEPTED,
  APPROVED,
  BANK_ORDER,
  CARD_ORDER,
  formText,
  PAN,
  readingOf,
  REFUSED,
  response,
} from './fixtures.js';

const TWO_STEP = { flow: 'two_step' };
const PROCESSING = { ...APPROVED, status: 'processing', 'order-stage': 'payout_processing' };

function read(
  body: unknown,
  changes: Record<string, unknown> = {},
  order = BANK_ORDER,
  http = 200,
): StatusAnswer {
  return interpretStatus(response(http, body), readingOf(changes, order));
}
const without = (name: keyof typeof APPROVED) => ({ ...APPROVED, [name]: undefined });
const paid = { kind: 'answered', progress: { kind: 'paid' } };
const contradiction = { kind: 'answered', progress: { kind: 'contradiction' } };
const unknown = { kind: 'unknown' };

describe('a success', () => {
  it('is paid, with the reference of the bank or else of the gateway, and its order id', () => {
    expect(read(APPROVED)).toEqual({
      ...paid,
      progress: { kind: 'paid', reference: '6768788' },
      providerOrderId: '6768788',
    });
    expect(read({ ...APPROVED, 'processor-rrn': '603411220075' })).toMatchObject({
      progress: { reference: '603411220075' },
    });
    expect(read(formText(APPROVED))).toEqual(read(APPROVED));
  });

  it.each([
    ['another amount', { amount: '150.51' }],
    ['a hundredth of it', { amount: '1.50' }],
    ['an amount that nobody can read', { amount: '150,50' }],
    ['another currency', { currency: 'EUR' }],
    ['another order of ours', { 'merchant-order-id': 'PX0' }],
    ['an error code', { 'error-code': '1' }],
  ])('with %s is for a person', (_what, change) => {
    expect(read({ ...APPROVED, ...change })).toMatchObject(contradiction);
  });

  it('of another order of theirs is for a person', () => {
    expect(read(APPROVED, {}, { ...BANK_ORDER, providerOrderId: '111' })).toMatchObject(contradiction);
    expect(read(APPROVED, {}, { ...BANK_ORDER, providerOrderId: '6768788' })).toMatchObject(paid);
  });

  it('without an amount is believed only where the account says so', () => {
    expect(read(without('amount'))).toMatchObject({ ...unknown, code: 'no_amount' });
    expect(read(without('amount'), { successWithoutAmount: true })).toMatchObject(paid);
    expect(read(without('currency'))).toMatchObject(paid);
  });

  it('must name our order by one of its ids', () => {
    const nameless = { ...without('merchant-order-id'), 'paynet-order-id': undefined };
    expect(read(nameless)).toMatchObject({ ...unknown, code: 'no_order_named' });
    expect(read(without('merchant-order-id'))).toMatchObject(unknown);
    expect(
      read(without('merchant-order-id'), {}, { ...BANK_ORDER, providerOrderId: '6768788' }),
    ).toMatchObject(paid);
    expect(read(without('paynet-order-id'))).toMatchObject(paid);
  });

  it.each(['150.5', '150.50', '150.500'])('amount %s is ours', (amount) => {
    expect(read({ ...APPROVED, amount })).toMatchObject(paid);
  });

  it('may write its amount as a number and its names with underscores', () => {
    expect(read({ ...APPROVED, amount: 150.5 })).toMatchObject(paid);
    const snake = Object.fromEntries(Object.entries(APPROVED).map(([k, v]) => [k.replaceAll('-', '_'), v]));
    expect(read(snake)).toMatchObject({ ...paid, providerOrderId: '6768788' });
    expect(read({ ...APPROVED, merchant_order_id: 'other' })).toMatchObject(unknown);
  });

  it('in an HTTP error is none', () => {
    for (const http of [400, 403, 404, 429, 500, 503, 302]) {
      expect(read(APPROVED, {}, BANK_ORDER, http)).toMatchObject(unknown);
    }
  });
});

describe('transaction types (§6.5, §8)', () => {
  it.each(['reversal', 'chargeback'])('an approved %s is the proof that the money came back', (type) => {
    expect(read({ ...APPROVED, 'transaction-type': type })).toMatchObject({
      progress: { kind: 'returned', code: type },
    });
  });

  it.each(['reversal', 'chargeback'])('any other %s is for a person', (type) => {
    const { amount: _, ...unsaid } = APPROVED;
    for (const part of [{ ...APPROVED, amount: '1.00' }, unsaid]) {
      expect(read({ ...part, 'transaction-type': type })).toMatchObject({
        progress: { kind: 'contradiction', code: type },
      });
    }
    for (const status of ['declined', 'processing', 'error']) {
      expect(read({ ...APPROVED, status, 'transaction-type': type })).toMatchObject({
        progress: { kind: 'contradiction', code: type },
      });
    }
  });

  it('one that nobody listed makes no end, and is counted', () => {
    for (const status of ['approved', 'declined', 'error']) {
      const reading = readingOf();
      const answer = interpretStatus(
        response(200, { ...APPROVED, status, 'transaction-type': 'withdrawal' }),
        reading,
      );
      expect(answer).toMatchObject({ ...unknown, code: 'transaction_type' });
      expect(reading.unmapped).toMatchObject([{ what: 'operation_type', code: 'withdrawal' }]);
    }
    expect(
      read(
        { ...APPROVED, 'transaction-type': 'withdrawal' },
        { transactionTypes: { payout: ['withdrawal'] } },
      ),
    ).toMatchObject(paid);
  });

  it('an approved check is no payout', () => {
    const check = { ...APPROVED, 'transaction-type': 'payout-check' };
    expect(read(check)).toMatchObject({ ...unknown, code: 'approved_check' });
    expect(read(check, TWO_STEP)).toMatchObject({ progress: { kind: 'ready' } });
  });

  it('one that is not said is a payout only where there is no check', () => {
    expect(read(without('transaction-type'))).toMatchObject(paid);
    expect(read(without('transaction-type'), TWO_STEP)).toMatchObject({ ...unknown, code: 'approved_what' });
  });
});

describe('a checked order (§6.3)', () => {
  const checked = { ...PROCESSING, 'order-stage': 'payout_checked' };

  it('is ready, in two steps alone', () => {
    expect(read(checked, TWO_STEP)).toEqual({
      kind: 'answered',
      progress: { kind: 'ready' },
      providerOrderId: '6768788',
    });
    expect(read(checked)).toMatchObject({ progress: { kind: 'pending' } });
    expect(read({ ...checked, status: undefined }, TWO_STEP)).toMatchObject({ progress: { kind: 'ready' } });
  });

  it('for another amount is not paid', () => {
    expect(read({ ...checked, amount: '1505.00' }, TWO_STEP)).toMatchObject(contradiction);
  });

  it('looks as the account says', () => {
    const readyWhen = [{ status: 'processing', orderStage: ['verified'] }];
    expect(read(checked, { ...TWO_STEP, readyWhen })).toMatchObject({ progress: { kind: 'pending' } });
    expect(read({ ...checked, 'order-stage': 'verified' }, { ...TWO_STEP, readyWhen })).toMatchObject({
      progress: { kind: 'ready' },
    });
  });

  it.each(['declined', 'filtered', 'error'])('%s at the check is final', (status) => {
    const answer = read({ ...APPROVED, status, 'transaction-type': 'payout-check' }, TWO_STEP);
    expect(answer).toMatchObject({ progress: { kind: 'not_paid', class: 'declined' } });
  });
});

describe('the receiver (§6.5 redirect-to, §10)', () => {
  const url = 'https://gate.example/form?a=1';
  const waiting = { ...PROCESSING, 'redirect-to': url };

  it('is sent to the form, until the time is over', () => {
    expect(read(waiting)).toMatchObject({
      progress: {
        kind: 'action_required',
        action: { type: 'redirect', url, expiresAt: '2026-02-03T10:29:00.000Z' },
      },
    });
    const late = { ...BANK_ORDER, acceptedAt: '2026-02-03T09:00:00.000Z' };
    expect(read(waiting, {}, late)).toMatchObject({ progress: { kind: 'pending' } });
    expect(read(waiting, { formGraceSecs: 7_200 }, late)).toMatchObject({
      progress: { kind: 'action_required' },
    });
    expect(read(waiting, { redirectTtlSecs: 0 }, late)).toEqual({
      kind: 'answered',
      progress: { kind: 'action_required', action: { type: 'redirect', url } },
      providerOrderId: '6768788',
    });
  });

  it('is not sent where no browser could go', () => {
    for (const bad of [
      'javascript:alert(1)',
      '/form',
      'http://user:pass@gate.example/',
      `https://x/${'y'.repeat(5_000)}`,
    ]) {
      expect(read({ ...waiting, 'redirect-to': bad })).toMatchObject({
        ...unknown,
        code: 'redirect_unusable',
      });
    }
  });

  it('is not asked any more once there is an end', () => {
    expect(read({ ...APPROVED, 'redirect-to': url })).toMatchObject(paid);
  });
});

describe('a refused question (§6.5, §9)', () => {
  const said = (words: string, more: object = {}) => ({
    type: 'error',
    'error-message': words,
    'error-code': '5',
    ...more,
  });
  const notFound = { kind: 'answered', progress: { kind: 'not_found' } };

  it.each([
    'Order not found',
    'Order with client_orderid PX7 does not exist',
    "The order doesn't exist",
    'No such order',
    'Unknown order',
    'Could not find the order',
  ])('"%s" says that there is none', (words) => {
    for (const http of [200, 400, 404]) expect(read(said(words), {}, BANK_ORDER, http)).toEqual(notFound);
    expect(read({ ...said(words), type: 'validation-error' })).toEqual(notFound);
  });

  it.each([
    'Endpoint not found',
    'Project with id 39915 is not found',
    'Merchant does not exist',
    'Access denied',
    '',
  ])('"%s" says nothing of the order', (words) => expect(read(said(words))).toMatchObject(unknown));

  it('one that names an order, ours or another, says not that there is none', () => {
    expect(read(said('Order not found', { 'paynet-order-id': '6768788' }))).toMatchObject(unknown);
    expect(read(said('Order not found', { 'merchant-order-id': 'PX0' }))).toMatchObject(unknown);
    expect(read(said('Order not found', { 'merchant-order-id': BANK_ORDER.orderId }))).toEqual(notFound);
  });

  it('the words are the account’s', () => {
    expect(read(said('Gibt es nicht'), { notFoundPattern: 'gibt es nicht' })).toEqual(notFound);
  });

  it('an answer of another type is unknown and counted', () => {
    const reading = readingOf();
    for (const type of ['async-response', undefined]) {
      expect(interpretStatus(response(200, { ...APPROVED, type }), reading)).toMatchObject(unknown);
    }
    expect(reading.unmapped.map(({ code }) => code)).toEqual(['async-response', 'no_type']);
  });
});

describe('an error status (§7)', () => {
  const error = { ...APPROVED, status: 'error', 'error-code': '77', 'error-message': 'Bank is out' };

  it('stands out among the declines, or is for a person', () => {
    expect(read(error)).toMatchObject({
      progress: { kind: 'not_paid', class: 'declined', code: 'provider_error', message: 'Bank is out' },
    });
    expect(read(error, { errorStatus: 'review' })).toMatchObject({
      progress: { kind: 'contradiction', code: 'provider_error' },
    });
    expect(read({ ...error, status: 'declined' }, { errorStatus: 'review' })).toMatchObject({
      progress: { kind: 'not_paid', code: '77' },
    });
  });
});

describe('what a refusal was suspected of', () => {
  const suspected: NotPaid = { kind: 'not_paid', class: 'refused', code: '1', message: 'Parameter missing' };
  const answered = (progress: Extract<StatusAnswer, { kind: 'answered' }>['progress']): StatusAnswer => ({
    kind: 'answered',
    progress,
  });

  it('an order that still waits to be paid confirms it', () => {
    expect(settleSuspicion(answered({ kind: 'ready' }), suspected)).toEqual(answered(suspected));
    expect(settleSuspicion(answered({ kind: 'ready' }), undefined)).toEqual(answered({ kind: 'ready' }));
  });

  it('nothing else does', () => {
    for (const status of [
      answered({ kind: 'not_found' }),
      answered({ kind: 'pending' }),
      answered({ kind: 'paid' }),
      { kind: 'unknown', code: 'x', message: 'x' } as const,
    ]) {
      expect(settleSuspicion(status, suspected)).toEqual(status);
    }
  });

  it('it says more than a decline without a code', () => {
    const bare = answered({
      kind: 'not_paid',
      class: 'declined',
      code: 'declined',
      message: 'Status "declined"',
    });
    expect(settleSuspicion(bare, suspected)).toMatchObject({
      progress: { class: 'declined', code: '1', message: 'Parameter missing' },
    });
    const own = answered({ kind: 'not_paid', class: 'declined', code: '51', message: 'No funds' });
    expect(settleSuspicion(own, suspected)).toEqual(own);
  });
});

describe('an acceptance', () => {
  const said = (change: object) =>
    interpretMoney('payout', response(200, { ...ACCEPTED, ...change }), readingOf());

  it('of another order or for another amount is for a person', () => {
    expect(said({ 'merchant-order-id': 'PX0' })).toMatchObject(contradiction);
    expect(said({ amount: '1.00' })).toMatchObject(contradiction);
    expect(said({ amount: '150.50', currency: 'USD' })).toMatchObject({ progress: { kind: 'pending' } });
  });

  it('beside a status is one all the same, but for a status that nobody listed', () => {
    for (const status of ['processing', 'approved', 'declined', 'unknown']) {
      expect(said({ status })).toMatchObject({ progress: { kind: 'pending' }, providerOrderId: '6768788' });
    }
    expect(said({ status: 'settled' })).toMatchObject(unknown);
  });

  it('under an id that can be none is unknown', () => {
    for (const id of ['12 34', 'abc', '1'.repeat(30), '<b>']) {
      expect(said({ 'paynet-order-id': id })).toMatchObject({ ...unknown, code: 'no_order_id' });
    }
  });
});

describe('nothing that we sent in confidence comes back', () => {
  const order = {
    ...CARD_ORDER,
    recipient: { firstName: 'Anna', lastName: 'Petrova', phone: '79160001122', email: 'a@b.example' },
    providerFields: { account_name: 'Anna Q. Petrova (priv.)', expire_year: '2031', purpose: 'rent [May]' },
  };
  const words = `Card ${PAN} (4111 1111 1111 1111) of ANNA PETROVA, anna q. petrova (PRIV.), rent [may], until 2031, +7 916 000-11-22, key 0a1b2c3d-1111-4222-8333-444455556666 refused`;
  const secrets = [PAN, '4111', 'PETROVA', 'petrova', 'PRIV', 'rent', '2031', '916', '0a1b', 'anna', 'ANNA'];

  it.each(['Petrova', PAN, 'x_petrova', '79160001122', `c${PAN}`])('not by the code %s', (code) => {
    const answer = interpretMoney(
      'payout',
      response(200, { ...REFUSED, 'error-code': code }),
      readingOf({}, order),
    );
    expect(answer).toMatchObject({ progress: { code: 'unreadable_code' } });
  });

  it('not by words, in either call', () => {
    const money = interpretMoney(
      'payout',
      response(200, { ...REFUSED, 'error-message': words }),
      readingOf({}, order),
    );
    const status = read({ ...APPROVED, status: 'declined', 'error-message': words }, {}, order);
    const question = read({ type: 'error', 'error-message': words }, {}, order);
    for (const answer of [money, status, question]) {
      const text = JSON.stringify(answer);
      expect(text).toContain('refused');
      for (const secret of secrets) expect([secret, text.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('not by stage, status, type, reference or order id', () => {
    const stage = read({ ...PROCESSING, 'order-stage': `sent_to_${PAN}` }, {}, order);
    const reference = read({ ...APPROVED, 'processor-rrn': PAN, 'paynet-order-id': PAN }, {}, order);
    const status = read({ ...APPROVED, status: PAN }, {}, order);
    const type = read({ ...APPROVED, 'transaction-type': PAN }, {}, order);
    const accepted = interpretMoney(
      'payout',
      response(200, { ...ACCEPTED, 'paynet-order-id': PAN }),
      readingOf({}, order),
    );
    for (const answer of [stage, reference, status, type, accepted])
      expect(JSON.stringify(answer)).not.toContain(PAN);
    expect(reference).toMatchObject(paid);
  });

  it('a card that we never saw is no reference either', () => {
    expect(read({ ...APPROVED, 'processor-rrn': '5555555555554444' })).toMatchObject({
      progress: { reference: '6768788' },
    });
  });
});

it('an order id of ours that holds no other may stand in the answer', () => {
  const order = { ...BANK_ORDER, orderId: 'po0123' as OrderId };
  expect(read({ ...APPROVED, 'merchant-order-id': 'po0123' }, {}, order)).toMatchObject(paid);
});
