import { describe, expect, it } from 'vitest';
import { interpretMoney } from '../../../providers/all2pay/interpret-money.js';
import { interpretStatus } from '../../../providers/all2pay/interpret-status.js';
import { NOW, ORDER_ID, readingOf, response } from './fixtures.js';

const acsUrl = 'https://gw.bank.example/acs?mdOrder=77d0';
const shortUrl = 'https://gw.bank.example/acsRedirect.do?orderId=77d0';
const termUrl = 'https://api.bank.example/payouts/api/v2/finish3DSv2.do';
/** As the sample has it: a text for the paReq, "no 3DS2", and a 3DS2 finish (§7 "white page"). */
const CHALLENGE = {
  errorCode: '0',
  orderNumber: ORDER_ID,
  acsUrl,
  mdOrder: '77d0a1b2-0000-4000-8000-00000000c0de',
  paReq: 'white page',
  termUrl,
  info: 'redirecting',
  is3DSVer2: false,
};
const EXPIRES = new Date(NOW + 1_200_000).toISOString();
const CLASSIC = {
  type: 'form_post',
  url: acsUrl,
  fields: { MD: CHALLENGE.mdOrder, PaReq: 'white page', TermUrl: termUrl },
  expiresAt: EXPIRES,
};

const execute = (body: object, http = 200, changes: Record<string, unknown> = {}) =>
  interpretMoney('execute', response(http, body), readingOf(changes));
const action = (of: object) => ({ kind: 'answered', progress: { kind: 'action_required', action: of } });

describe('a challenge', () => {
  it('by the short address, if there is one', () => {
    const redirect = action({ type: 'redirect', url: shortUrl, expiresAt: EXPIRES });
    expect(execute({ ...CHALLENGE, shortUrl, packedCReq: 'eyJ0' })).toEqual(redirect);
    expect(execute({ errorCode: '0', orderNumber: ORDER_ID, shortUrl })).toEqual(redirect);
  });

  it('else by the 3DS2 form, if its request appears', () => {
    const form = { type: 'form_post', url: acsUrl, fields: { creq: 'eyJ0' }, expiresAt: EXPIRES };
    expect(execute({ ...CHALLENGE, packedCReq: 'eyJ0' })).toEqual(action(form));
    expect(execute({ ...CHALLENGE, creq: 'eyJ0' })).toEqual(action(form));
  });

  it('else by the classic form, in exactly these names; is3DSVer2 decides nothing', () => {
    expect(execute(CHALLENGE)).toEqual(action(CLASSIC));
    expect(execute({ ...CHALLENGE, is3DSVer2: true })).toEqual(action(CLASSIC));
  });

  it('by the one way that the account chose, or not at all', () => {
    const all = { ...CHALLENGE, shortUrl, packedCReq: 'eyJ0' };
    expect(execute(all, 200, { threeDsStrategy: 'paReq' })).toEqual(action(CLASSIC));
    expect(execute(all, 200, { threeDsStrategy: 'creq' })).toMatchObject(
      action({ fields: { creq: 'eyJ0' } }),
    );
    expect(execute(CHALLENGE, 200, { threeDsStrategy: 'shortUrl' })).toMatchObject({
      kind: 'unknown',
      code: 'three_ds_unusable',
    });
  });

  it('ends when the account says', () => {
    const expiresAt = new Date(NOW + 60_000).toISOString();
    expect(execute(CHALLENGE, 200, { threeDsWaitSecs: 60 })).toMatchObject(action({ expiresAt }));
  });

  it.each(['-1', '0', '5', '7'])('stands beside orderStatus %s', (orderStatus) => {
    expect(execute({ ...CHALLENGE, orderStatus })).toEqual(action(CLASSIC));
  });

  it('does not need an errorCode, which its own samples lack', () => {
    const { errorCode: _, ...body } = CHALLENGE;
    expect(execute(body)).toEqual(action(CLASSIC));
  });
});

describe('no challenge', () => {
  it.each([
    ['no web address', { acsUrl: 'javascript:alert(1)' }],
    ['a relative address', { acsUrl: '/acs' }],
    ['a user name in the address', { acsUrl: 'https://user:pw@acs.example/' }],
    ['no mdOrder', { mdOrder: undefined }],
    ['no paReq', { paReq: undefined }],
    ['a termUrl that is no web address', { termUrl: 'data:text/html,x' }],
    ['far too long a paReq', { paReq: 'x'.repeat(20_000) }],
  ])('with %s: unknown, never a failure', (_what, change) => {
    expect(execute({ ...CHALLENGE, ...change })).toMatchObject({
      kind: 'unknown',
      code: 'three_ds_unusable',
    });
  });

  it('a final orderStatus decides by itself', () => {
    expect(execute({ ...CHALLENGE, orderStatus: '6' })).toMatchObject({ progress: { kind: 'not_paid' } });
    expect(execute({ ...CHALLENGE, orderStatus: '6', actionCode: -3003 })).toMatchObject({
      progress: { kind: 'pending' },
    });
    expect(execute({ ...CHALLENGE, orderStatus: '3' })).toMatchObject({
      progress: { kind: 'contradiction' },
    });
    const paid = { ...CHALLENGE, orderStatus: '2', amount: 10_050, currency: '643' };
    expect(execute(paid)).toMatchObject({ progress: { kind: 'paid' } });
  });

  it('an error decides by itself', () => {
    const declined = { ...CHALLENGE, errorCode: '902', errorMessage: 'Card is restricted' };
    expect(execute(declined)).toMatchObject({ progress: { kind: 'not_paid', class: 'declined' } });
    expect(execute(CHALLENGE, 500).kind).toBe('unknown');
  });

  it('for another order or amount', () => {
    for (const change of [{ orderNumber: 'PO-other' }, { amount: 1 }, { currency: '398' }]) {
      expect(execute({ ...CHALLENGE, ...change })).toMatchObject({ progress: { kind: 'contradiction' } });
    }
  });

  it('is shown for a page, which asks by itself', () => {
    expect(interpretMoney('register', response(200, CHALLENGE), readingOf()).kind).toBe('unknown');
  });
});

it('orderStatus 5 on a status query is still waiting for the person', () => {
  const body = { errorCode: '0', orderNumber: ORDER_ID, amount: 10_050, currency: '643', orderStatus: '5' };
  expect(interpretStatus(response(200, body), readingOf())).toMatchObject({ progress: { kind: 'pending' } });
});
