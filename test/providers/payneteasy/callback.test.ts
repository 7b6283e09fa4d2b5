import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackControl } from '../../../providers/payneteasy/control.js';
import type { CallbackReading } from '../../../providers/port.js';
import { providerAt } from './fixtures.js';
import { CLIENT_ORDER_ID, CONTROL_KEY, CONTROLS, PROVIDER_ORDER_ID } from './vectors.js';

const provider = providerAt('http://127.0.0.1:1');

function get(query: string): CallbackReading {
  return provider.readCallback({
    method: 'GET',
    url: `/callbacks/pne?${query}`,
    headers: {},
    body: new Uint8Array(),
  });
}
function post(body: string): CallbackReading {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return provider.readCallback({
    method: 'POST',
    url: '/callbacks/pne',
    headers,
    body: Buffer.from(body, 'latin1'),
  });
}
const encode = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

/** §8's own example. */
const EXAMPLE = {
  status: 'approved',
  merchant_order: CLIENT_ORDER_ID,
  client_orderid: CLIENT_ORDER_ID,
  orderid: PROVIDER_ORDER_ID,
  type: 'payout',
  amount: '150.50',
  control: CONTROLS.approved,
};

function signed(change: Record<string, string>): Record<string, string> {
  const fields = { ...EXAMPLE, ...change };
  const parts = { status: fields.status, orderId: fields.orderid, clientOrderId: fields.client_orderid };
  return { ...fields, control: callbackControl(parts, CONTROL_KEY) };
}
const why = (reading: CallbackReading): string => (reading.kind === 'refused' ? reading.why : 'verified');

it('the example verifies, as a callback and as a final redirect, and proves nothing', () => {
  const expected = {
    kind: 'verified',
    orderId: CLIENT_ORDER_ID,
    dedupeKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    acknowledge: { status: 200, contentType: 'text/plain', body: 'OK' },
  };
  expect(get(encode(EXAMPLE))).toEqual(expected);
  expect(post(encode(EXAMPLE))).toEqual(get(encode(EXAMPLE)));
  expect(get(`x=1&${encode(EXAMPLE)}`)).toEqual(expected);
  expect(get(encode({ ...EXAMPLE, control: CONTROLS.declined, status: 'declined' })).kind).toBe('verified');
});

it.each(['approved', 'declined', 'filtered', 'error', 'unknown', 'processing', 'Approved', 'never-heard-of'])(
  'status %s is a reason to ask',
  (status) => expect(get(encode(signed({ status }))).kind).toBe('verified'),
);

it('a reversal suggests that the money came back, and proves nothing: the control does not cover the type', () => {
  for (const type of ['reversal', 'chargeback']) {
    const reading = get(encode({ ...EXAMPLE, type }));
    expect(reading).toMatchObject({ kind: 'verified', suggests: 'returned' });
    expect(reading).not.toHaveProperty('proof');
  }
  expect(get(encode(EXAMPLE))).not.toHaveProperty('suggests');
});

describe('the dedupe key', () => {
  const key = (change: Record<string, string>): string => {
    const reading = get(encode(signed(change)));
    return reading.kind === 'verified' ? reading.dedupeKey : why(reading);
  };

  it('is that of status, type and both ids (§8), whatever else is said', () => {
    expect(key({ amount: '1.00', error_message: 'x', card_type: 'VISA' })).toBe(key({}));
    const others = [
      { status: 'declined' },
      { type: 'reversal' },
      { orderid: '1' },
      { client_orderid: 'PX1', merchant_order: 'PX1' },
    ];
    expect(new Set([key({}), ...others.map(key)]).size).toBe(5);
  });

  it('is the same whatever unknown word somebody writes into the type, which no control covers', () => {
    expect(new Set(['x1', 'x2', '', 'Reversal?'].map((type) => key({ type }))).size).toBe(1);
  });
});

describe('refused with 403', () => {
  it.each<[string, Record<string, string>]>([
    ['a wrong control', { control: CONTROLS.declined }],
    ['a control in capitals', { control: CONTROLS.approved.toUpperCase() }],
    ['an empty control', { control: '' }],
    ['another status', { status: 'declined' }],
    ['another order of theirs', { orderid: '6768789' }],
    ['another order of ours', { client_orderid: 'PX0', merchant_order: 'PX0' }],
    ['no status', { status: '' }],
    ['no order of theirs', { orderid: '' }],
    // The parts are strung together: none may borrow from its neighbour.
    [
      'digits moved from one id to the other',
      {
        orderid: '676878',
        client_orderid: `8${CLIENT_ORDER_ID}`,
        merchant_order: `8${CLIENT_ORDER_ID}`,
        status: 'approved ',
      },
    ],
    ['digits moved to the status', { status: 'approved6', orderid: '768788' }],
    ['a letter moved to the gateway id', { status: 'approve', orderid: 'd6768788' }],
  ])('%s', (_what, change) => {
    expect(get(encode({ ...EXAMPLE, ...change }))).toMatchObject({
      kind: 'refused',
      answer: { status: 403 },
    });
  });

  it('without a control, or with the key of another merchant', () => {
    const { control: _, ...bare } = EXAMPLE;
    expect(get(encode(bare))).toMatchObject({ kind: 'refused', answer: { status: 403 } });
    const foreign = callbackControl(
      { status: 'approved', orderId: PROVIDER_ORDER_ID, clientOrderId: CLIENT_ORDER_ID },
      'OTHER',
    );
    expect(get(encode({ ...EXAMPLE, control: foreign }))).toMatchObject({ answer: { status: 403 } });
  });

  it('what borrows digits within the ids names another order, and is a hint about that one at most', () => {
    const moved = {
      ...EXAMPLE,
      orderid: '676878',
      client_orderid: `8${CLIENT_ORDER_ID}`,
      merchant_order: `8${CLIENT_ORDER_ID}`,
    };
    expect(get(encode(moved))).toMatchObject({ kind: 'verified', orderId: `8${CLIENT_ORDER_ID}` });
    expect(get(encode(moved))).not.toHaveProperty('proof');
  });
});

describe('refused with 400', () => {
  it.each([
    ['two orders of ours', encode(signed({ merchant_order: 'PX0' }))],
    ['a parameter twice', `${encode(EXAMPLE)}&status=declined`],
    ['bad encoding', `${encode(EXAMPLE)}&x=%zz`],
    ['raw bytes', `${encode(EXAMPLE)}&x=\u00e9`],
    ['far too much', `${encode(EXAMPLE)}&x=${'y'.repeat(9_000)}`],
    ['far too many', `${encode(EXAMPLE)}${Array.from({ length: 80 }, (_, i) => `&p${i}=1`).join('')}`],
    ['a long value', `${encode(EXAMPLE)}&x=${'y'.repeat(1_100)}`],
    ['a parameter without a name', `${encode(EXAMPLE)}&=1`],
  ])('%s', (_what, query) => {
    expect(get(query)).toMatchObject({ kind: 'refused', answer: { status: 400 } });
    expect(post(query)).toMatchObject({ kind: 'refused', answer: { status: 400 } });
  });
});

it('a genuine one whose order cannot be ours is acknowledged, so that it is not repeated', () => {
  const foreign = signed({ client_orderid: 'order 7', merchant_order: 'order 7' });
  expect(get(encode(foreign))).toMatchObject({ kind: 'refused', answer: { status: 200, body: 'OK' } });
});

it.each(['', '{"status":"approved"}', '['.repeat(5_000), '\u0000', '&&&', 'control', '%'])(
  'a body that is no form is refused without a crash: %s',
  (body) => expect(post(body).kind).toBe('refused'),
);

it('any flipped byte of what is covered is refused', () => {
  const text = encode(EXAMPLE);
  const covered = [
    'status=approved',
    `client_orderid=${CLIENT_ORDER_ID}`,
    `orderid=${PROVIDER_ORDER_ID}`,
    `control=${CONTROLS.approved}`,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...covered),
      fc.nat(60),
      fc.integer({ min: 1, max: 127 }),
      (part, at, flip) => {
        // "client_orderid" ends like "orderid".
        const start = text.indexOf(part === covered[2] ? `&${part}` : part) + (part === covered[2] ? 1 : 0);
        const place = start + part.indexOf('=') + 1 + (at % (part.length - part.indexOf('=') - 1));
        const bytes = Buffer.from(text, 'latin1');
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        const changed = bytes.toString('latin1');
        // The status may come in capitals.
        fc.pre(changed.toLowerCase() !== text.toLowerCase() || !part.startsWith('status'));
        expect(get(changed).kind).toBe('refused');
      },
    ),
    { numRuns: 300 },
  );
});

it('any bytes are read without a crash', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (url, body) => {
      for (const method of ['GET', 'POST'] as const) {
        expect(provider.readCallback({ method, url, headers: {}, body }).kind).toBe('refused');
      }
    }),
  );
});
