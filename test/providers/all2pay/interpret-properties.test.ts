import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretMoney } from '../../../providers/all2pay/interpret-money.js';
import { interpretStatus } from '../../../providers/all2pay/interpret-status.js';
import { interpretStore, interpretStoreStatus } from '../../../providers/all2pay/interpret-store.js';
import { settleSuspicion } from '../../../providers/all2pay/suspicion.js';
import { ORDER_ID, PAID_BODY, readingOf, response } from './fixtures.js';

/** Values near enough to the truth that combinations of them matter. */
const http = fc.constantFrom(200, 201, 302, 400, 401, 404, 500, 502, 504);
const operation = fc.record(
  {
    operationType: fc.constantFrom('P2P_VERIFY', 'P2P_CREDIT', 'P2P_DEBIT', 'NEW', 7, null),
    resultCode: fc.constantFrom(0, '0', 5, '116', null),
    refNum: fc.constantFrom('603411220075', 1, null),
  },
  { requiredKeys: [] },
);
const plausible = fc.record(
  {
    errorCode: fc.constantFrom('0', 0, '116', '902', '90', '91', '98', '99', '204', '400', null, ''),
    errorMessage: fc.constantFrom(
      'Invalid request',
      'Order not found in payout proxy. Check orderId or orderNumber',
      'The order[x] is not registered in the gateway and contains errors. Please register a new order.',
      'Order was not processed correctly. Please check order status manually',
      'New words',
      null,
    ),
    orderNumber: fc.constantFrom<unknown>(ORDER_ID, 'PO-other', 7, null),
    amount: fc.constantFrom<unknown>(10_050, '10050', 10_051, '100.50', null, {}),
    currency: fc.constantFrom<unknown>('643', 643, '398', 'RUB', null),
    orderStatus: fc.constantFrom<unknown>('2', 2, '6', 6, '-1', '0', '3', '7', '9', 'x', null, {}),
    actionCode: fc.constantFrom<unknown>(0, '0', 5, -2007, -2027, -3003, null),
    operationList: fc.oneof(fc.array(operation, { maxLength: 3 }), fc.constantFrom<unknown>(null, {}, 'x')),
    acsUrl: fc.constantFrom<unknown>('https://acs.example', '', null),
    formUrl: fc.constantFrom<unknown>('https://page.example', 'x', null),
    shortUrl: fc.constantFrom<unknown>('https://acs.example/s', 'x', null),
    packedCReq: fc.constantFrom<unknown>('eyJ0', null),
    bindingId: fc.constantFrom<unknown>('9a1f0c5e', 'a b', '2200000000000004', '', 7, null),
    orderType: fc.constantFrom<unknown>('createTargetBindingId', 'createSourceBindingId', 'new', null),
  },
  { requiredKeys: [] },
);
const nearlyPaid = plausible.map((change) => ({ ...PAID_BODY, ...change }));
const body = fc.oneof(plausible, nearlyPaid);
const runs = { numRuns: 5_000 };

type Json = Record<string, unknown>;
const is = (value: unknown, text: string): boolean => value === text || value === Number(text);
const absent = (value: unknown): boolean => value === undefined || value === null || value === '';
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const credits = (json: Json): Json[] =>
  list(json['operationList']).filter((o) => o['operationType'] === 'P2P_CREDIT');

/** §10.2, written a second time. */
function maySucceed(status: number, json: Json): boolean {
  return (
    status < 300 &&
    is(json['errorCode'], '0') &&
    is(json['orderStatus'], '2') &&
    json['orderNumber'] === ORDER_ID &&
    is(json['amount'], '10050') &&
    is(json['currency'], '643') &&
    credits(json).every((o) => absent(o['resultCode']) || is(o['resultCode'], '0'))
  );
}

/** §10.1 and §11: what may be taken for a failure at once. */
function mayFail(call: 'money' | 'status', status: number, json: Json): boolean {
  if (!absent(json['orderNumber']) && json['orderNumber'] !== ORDER_ID) return false;
  const stated = !absent(json['orderStatus']);
  if (stated) return is(json['orderStatus'], '6') && !credits(json).some((o) => is(o['resultCode'], '0'));
  if (call === 'status') {
    const words = typeof json['errorMessage'] === 'string' ? json['errorMessage'] : '';
    return status === 400 && is(json['errorCode'], '98') && words.startsWith('The order[');
  }
  const noCode = absent(json['errorCode']);
  const pair = `${status}/${noCode ? '-' : String(json['errorCode'])}`;
  return ['200/902', '401/90', '404/-', '502/204', '502/400', '502/98'].includes(pair);
}

/** §5 and §7: a page or a challenge, for our order, in a fine answer that is not final. */
function mayAsk(step: 'register' | 'execute', status: number, json: Json): boolean {
  const address = step === 'register' ? [json['formUrl']] : [json['acsUrl'], json['shortUrl']];
  return (
    status < 300 &&
    (is(json['errorCode'], '0') || (step === 'execute' && absent(json['errorCode']))) &&
    (absent(json['orderNumber']) || json['orderNumber'] === ORDER_ID) &&
    (absent(json['orderStatus']) || ['-1', '0', '7'].includes(String(json['orderStatus']))) &&
    address.some((url) => typeof url === 'string' && url.startsWith('https://'))
  );
}

/** §7a: what may be taken for a stored card. */
function mayBeStored(status: number, json: Json): boolean {
  return (
    status < 300 &&
    (absent(json['errorCode']) || is(json['errorCode'], '0')) &&
    (absent(json['orderStatus']) || is(json['orderStatus'], '2')) &&
    (absent(json['orderNumber']) || json['orderNumber'] === ORDER_ID) &&
    json['orderType'] !== 'createSourceBindingId' &&
    ['9a1f0c5e', 7].includes(json['bindingId'] as string)
  );
}

describe('whatever the provider answers', () => {
  // Made once: parsing the settings thousands of times would take most of the test.
  const reading = readingOf();

  it('a money call is paid or not paid only by the rules', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('execute' as const, 'register' as const),
        http,
        body,
        (step, status, json) => {
          const answer = interpretMoney(step, response(status, json), reading);
          if (answer.kind !== 'answered') return;
          if (answer.progress.kind === 'paid') expect(maySucceed(status, json)).toBe(true);
          if (answer.progress.kind === 'not_paid') expect(mayFail('money', status, json)).toBe(true);
          if (answer.progress.kind === 'action_required') expect(mayAsk(step, status, json)).toBe(true);
        },
      ),
      runs,
    );
  });

  it('a status query is paid, not paid or not found only by the rules', () => {
    fc.assert(
      fc.property(http, body, (status, json) => {
        const answer = interpretStatus(response(status, json), reading);
        if (answer.kind !== 'answered') return;
        if (answer.progress.kind === 'paid') expect(maySucceed(status, json)).toBe(true);
        if (answer.progress.kind === 'not_paid') expect(mayFail('status', status, json)).toBe(true);
        if (answer.progress.kind === 'not_found') {
          expect([status, json['orderStatus'] ?? null]).toEqual([400, null]);
        }
      }),
      runs,
    );
  });

  it('a card is stored only by the rules, and a refusal never beside a success', () => {
    const store = { ...reading, orderId: ORDER_ID, purpose: 'destination' } as const;
    fc.assert(
      fc.property(http, body, (status, json) => {
        for (const read of [interpretStore, interpretStoreStatus]) {
          const answer = read(response(status, json), store);
          if (answer.kind !== 'answered') continue;
          const { progress } = answer;
          if (progress.kind === 'action_required') expect(mayAsk('execute', status, json)).toBe(true);
          if (progress.kind === 'stored') expect(mayBeStored(status, json)).toBe(true);
          if (progress.kind === 'not_stored') expect(is(json['orderStatus'], '2')).toBe(false);
          if (progress.kind === 'not_found')
            expect([status, json['orderStatus'] ?? null]).toEqual([400, null]);
        }
      }),
      runs,
    );
  });

  it('a suspicion never turns into anything but itself, and never out of silence', () => {
    const suspected = { kind: 'not_paid', class: 'refused', code: '98', message: 'Invalid request' } as const;
    fc.assert(
      fc.property(http, body, (status, json) => {
        const plain = interpretStatus(response(status, json), reading);
        const settled = settleSuspicion(plain, suspected);
        if (settled.kind !== 'answered' || settled.progress.kind !== 'not_paid') {
          expect(settled).toEqual(plain);
          return;
        }
        expect(plain.kind === 'answered' && ['not_paid', 'not_found'].includes(plain.progress.kind)).toBe(
          true,
        );
      }),
      runs,
    );
  });

  it('arbitrary JSON, bytes and statuses never throw and never say paid', () => {
    const anything = fc.oneof(
      fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text, 'utf8')),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc
        .dictionary(fc.constantFrom(...Object.keys(PAID_BODY)), fc.jsonValue())
        .map((o) => Buffer.from(JSON.stringify(o))),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), anything, (status, bytes) => {
        const raw = { ...response(status, ''), body: bytes };
        for (const answer of [
          interpretMoney('execute', raw, reading),
          interpretMoney('register', raw, reading),
          interpretStatus(raw, reading),
          interpretStore(raw, { ...reading, orderId: ORDER_ID, purpose: 'source' }),
          interpretStoreStatus(raw, { ...reading, orderId: ORDER_ID, purpose: 'source' }),
        ]) {
          expect(answer.kind === 'answered' && answer.progress.kind === 'paid').toBe(false);
        }
      }),
      runs,
    );
  });
});
