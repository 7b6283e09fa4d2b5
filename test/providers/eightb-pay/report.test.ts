import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import { isLacking } from '../../../providers/port.js';
import type { PaymentProvider } from '../../../providers/payment-port.js';
import { startEightbPaySimulator, type EightbPaySimulator } from '../../../simulators/index.js';
import { playServer } from '../local-server.js';
import { API_KEY, never, ORDER, providerAt, SECRET, signed } from './fixtures.js';

const variants = { plain: { plainReport: true }, east: { zone: '+03:00' } } as const;
let simulator: EightbPaySimulator;

beforeAll(async () => {
  const shop = (variant: object) => ({ secretKey: SECRET, variant: { reportPageSize: 2, ...variant } });
  const shops = { [API_KEY]: shop({}), plain: shop(variants.plain), east: shop(variants.east) };
  simulator = await startEightbPaySimulator({ shops });
  for (const apiKey of Object.keys(shops)) {
    const orderId = `o-${apiKey}` as OrderId;
    await providerAt(simulator.baseUrl, { apiKey })
      .start({ ...ORDER, orderId })
      .send(never);
    for (const cvv of ['222', '222', '222', '222', '123']) simulator.control.pay(orderId, { cvv });
  }
});
afterAll(() => simulator.close());

function read(by: PaymentProvider, from = -60_000, to = 60_000) {
  if (isLacking(by.report)) throw new Error('no report');
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  return by.report.read({ from: at(from), to: at(to) }, never);
}

describe('against the simulator', () => {
  it.each([
    ['signed', { apiKey: API_KEY }],
    ['plain', { apiKey: 'plain' }],
    ['in another zone', { apiKey: 'east', timeZone: 'Europe/Moscow' }],
  ])('%s: all pages', async (_what, changes) => {
    const answer = await read(providerAt(simulator.baseUrl, changes));
    expect(answer).toMatchObject({ kind: 'answered' });
    const lines = answer.kind === 'answered' ? answer.lines : [];
    expect(lines.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed', 'paid']);
    expect(new Set(lines.map(({ transactionId }) => transactionId)).size).toBe(5);
    expect(lines[4]).toMatchObject({
      orderId: `o-${changes.apiKey}`,
      minor: 32_778,
      currency: 'USD',
      providerStatus: '3',
    });
    expect(Math.abs(Date.parse(lines[4]?.createdAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('of another time is empty, to the millisecond', async () => {
    const by = providerAt(simulator.baseUrl);
    expect(await read(by, -120_000, -60_000)).toEqual({ kind: 'answered', lines: [] });
    expect(await read(by, 1, 60_000)).toEqual({ kind: 'answered', lines: [] });
  });

  it('in the wrong zone finds nothing', async () => {
    expect(await read(providerAt(simulator.baseUrl, { apiKey: 'east' }))).toEqual({
      kind: 'answered',
      lines: [],
    });
  });

  it('with too many pages is not read', async () => {
    expect(await read(providerAt(simulator.baseUrl, { maxPages: 2 }))).toMatchObject({
      code: 'report_too_long',
    });
  });

  it('that is not signed is not believed where the account says so', async () => {
    const by = providerAt(simulator.baseUrl, { apiKey: 'plain', plainReport: false });
    expect(await read(by)).toMatchObject({ kind: 'unknown', code: 'bad_signature' });
  });

  it('fails as a whole', async () => {
    for (const kind of ['bad_sign', 'http_500', 'refuse', 'unreadable_body', 'truncated_body'] as const) {
      const by = providerAt(simulator.baseUrl);
      simulator.control.inject({ kind, method: 'report' });
      expect((await read(by)).kind).toBe('unknown');
    }
  });
});

describe('pages that do not fit', () => {
  /** §4.3, the document's example. */
  const LINE = {
    ...{ id: 1158, created_at: '2025-03-04T12:04:35.466+03:00', reference: 'order-0001', status: 1 },
    ...{ system_amount: '327.78', system_currency: 'USD' },
  };
  const span = { from: '2025-03-04T00:00:00Z', to: '2025-03-05T00:00:00Z' };
  async function played(body: (page: number) => object) {
    const { origin, seen } = await playServer(({ body: form }) => {
      const data = new URLSearchParams(form).get('data') ?? '';
      const { page } = JSON.parse(Buffer.from(data, 'base64').toString()) as { page: number };
      return { body: JSON.stringify(body(page)) };
    });
    const { report } = providerAt(origin);
    if (isLacking(report)) throw new Error('no report');
    return { answer: await report.read(span, never), seen };
  }
  const page = (items: object[], more: object = {}) => ({
    items,
    total_count: items.length,
    pages: 1,
    success: true,
    ...more,
  });

  it('the document’s example is read, plain and signed', async () => {
    const line = {
      ...{ transactionId: '1158', orderId: 'order-0001', createdAt: '2025-03-04T09:04:35.466Z' },
      ...{ status: 'held', providerStatus: '1', minor: 32_778, currency: 'USD' },
    };
    for (const body of [page([LINE]), signed(page([LINE]))]) {
      expect((await played(() => body)).answer).toEqual({ kind: 'answered', lines: [line] });
    }
  });

  it('asks for every minute of the span, page by page', async () => {
    const { seen } = await played((at) => signed(page([{ ...LINE, id: at }], { pages: 3, total_count: 3 })));
    const asked = seen.map(({ body }) =>
      Buffer.from(new URLSearchParams(body).get('data') ?? '', 'base64').toString(),
    );
    expect(asked.map((text) => JSON.parse(text) as unknown)).toEqual(
      [1, 2, 3].map((at) => ({
        api_key: API_KEY,
        time_start: '2025-03-04 00:00',
        time_end: '2025-03-05 00:00',
        page: at,
      })),
    );
  });

  it.each([
    ['fewer than it says', (_at: number) => page([LINE], { total_count: 2 }), 'report_incomplete'],
    [
      'the same on every page',
      (_at: number) => page([LINE], { total_count: 2, pages: 2 }),
      'report_incomplete',
    ],
    ['an amount that cannot be read', () => page([{ ...LINE, system_amount: 'x' }]), 'unreadable'],
    ['an unheard-of currency', () => page([{ ...LINE, system_currency: 'XXX' }]), 'unreadable'],
    ['a time that is none', () => page([{ ...LINE, created_at: 'then' }]), 'unreadable'],
    ['a time without zone', () => page([{ ...LINE, created_at: '2025-03-04T12:04:35' }]), 'unreadable'],
    ['no pages', () => ({ items: [] }), 'unreadable'],
    ['success: false within', () => signed(page([LINE], { success: false })), 'unreadable'],
    ['a failure', () => ({ success: false }), 'http_200'],
    ['a foreign signature', () => ({ ...signed(page([LINE])), sign: 'x' }), 'bad_signature'],
  ])('%s', async (_what, body, code) => {
    expect((await played(body)).answer).toMatchObject({ kind: 'unknown', code });
  });

  it('an unheard-of status is a line all the same', async () => {
    expect((await played(() => page([{ ...LINE, status: 42 }]))).answer).toMatchObject({
      lines: [{ status: 'unmapped', providerStatus: '42' }],
    });
  });
});
