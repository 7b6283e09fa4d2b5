import { describe, expect, it } from 'vitest';
import type { ListAnswer } from '../../../domain/provider-answer.js';
import { isLacking, type PayoutProvider } from '../../../providers/port.js';
import type { UnmappedAnswer } from '../../../providers/registration.js';
import { playServer } from '../local-server.js';
import { never, ORDER_ID, providerAt, SECRET_KEY } from './fixtures.js';

const DAY = { from: '2025-03-01T00:00:00Z', to: '2025-03-02T00:00:00Z' };

/** A provider whose every answer is this. */
async function answering(body: string, changes: Record<string, unknown> = {}, status = 200, headers = {}) {
  const { origin, seen } = await playServer(() => ({ status, body, headers }));
  return { provider: providerAt(origin, changes), seen };
}

function given<T extends object>(capability: T | { readonly lacking: string }): T {
  if (isLacking(capability)) throw new Error(capability.lacking);
  return capability;
}

const balanceOf = (provider: PayoutProvider) => given(provider.balance).read(never);
const statementOf = (provider: PayoutProvider, span = DAY) => given(provider.statement).read(span, never);
const registryOf = (provider: PayoutProvider, span = DAY) => given(provider.registry).read(span, never);
const linesOf = <Line>(answer: ListAnswer<Line>) => (answer.kind === 'answered' ? answer.lines : answer);

/** What the adapter counts as unheard of, of answers that are all this. */
async function unmappedOf(
  body: string,
  ask: (provider: PayoutProvider) => Promise<unknown>,
): Promise<Partial<UnmappedAnswer>[]> {
  const unmapped: UnmappedAnswer[] = [];
  const { origin } = await playServer(() => ({ body }));
  await ask(providerAt(origin, {}, { onUnmapped: (answer) => unmapped.push(answer) }));
  return unmapped;
}

describe('the balance', () => {
  it.each([
    ['10250.75', 1_025_075],
    ['0', 0],
    ['-3.5', -350],
    ['90071992547409.91', 9_007_199_254_740_991],
  ])('%s, never by way of a float', async (text, availableMinor) => {
    const { provider, seen } = await answering(`<response><balance>${text}</balance></response>`);
    expect(await balanceOf(provider)).toEqual({
      ...{ kind: 'answered', balances: [{ currency: 'EUR', availableMinor }] },
      at: '2025-03-04T05:07:30.000Z',
    });
    expect(seen).toMatchObject([
      {
        ...{ method: 'POST', url: '/partner/1042/balance' },
        body: 'dt=2025-03-04+05%3A07%3A30&hash=7ab31e8d3d2b77c6be83a425b0610406',
      },
    ]);
  });

  it.each([
    '',
    '<response/>',
    '<response><balance/></response>',
    '<response><balance>1,00</balance></response>',
    '<response><balance>1</balance><balance>2</balance></response>',
    '<balance>1</balance>',
    '<response><balance>90071992547409.92</balance></response>',
    '1.00',
  ])('unknown: %s', async (body) => {
    const { provider } = await answering(body);
    expect(await balanceOf(provider)).toMatchObject({ kind: 'unknown', code: 'unreadable_balance' });
    expect(await provider.ping(never)).toMatchObject({ ok: false });
  });

  it('an error, in words or by HTTP', async () => {
    const refused = await answering('<response><result>ERROR: access denied</result></response>');
    expect(await balanceOf(refused.provider)).toEqual({
      kind: 'unknown',
      code: 'access_denied',
      message: 'access denied',
    });
    const busy = await answering('', {}, 429, { 'retry-after': '2' });
    expect(await balanceOf(busy.provider)).toMatchObject({
      kind: 'unknown',
      code: 'http_429',
      retryAfterMs: 2_000,
    });
  });
});

it('an error that nobody documented is counted with the call that met it', async () => {
  const body = '<response><result>ERROR: closed on Sundays</result></response>';
  const error = { what: 'error', http: 200, code: 'error', words: 'closed on Sundays' };
  expect(await unmappedOf(body, balanceOf)).toMatchObject([{ call: 'balance', ...error }]);
  expect(await unmappedOf(body, statementOf)).toMatchObject([{ call: 'list', ...error }]);
  expect(await unmappedOf(body, registryOf)).toMatchObject([{ call: 'list', ...error }]);
});

/** §5.4's own sample. */
const MOVEMENT = `<statement id="90017" dt="01.03.2025 10:15" type="OUT"><sum>150.00</sum><comment>payout ${ORDER_ID}</comment></statement>`;
const statement = (inner: string) => `<response>${inner}</response>`;
const LINE = {
  ...{ id: '90017', at: '2025-03-01T10:15:00.000Z', direction: 'out', minor: 15_000, currency: 'EUR' },
  ...{ comment: `payout ${ORDER_ID}`, orderId: ORDER_ID },
};

describe('the statement', () => {
  it('is the sample of the document', async () => {
    const { provider, seen } = await answering(statement(MOVEMENT));
    expect(linesOf(await statementOf(provider))).toEqual([LINE]);
    expect(seen[0]).toMatchObject({
      url: '/partner/1042/balance_statement',
      body: 'dt_start=01.03.2025+00%3A00&dt_end=02.03.2025+00%3A00&hash=4cae9351a8afd8e4d13e4d1d2f7186f2',
    });
    expect(given(provider.statement).maxSpanMs).toBe(86_400_000);
  });

  it('of none, and of several', async () => {
    for (const body of ['<response/>', '<response></response>', '<response> </response>']) {
      expect(linesOf(await statementOf((await answering(body)).provider))).toEqual([]);
    }
    const top = '<statement id="90018" dt="01.03.2025 10:16" type="in"><sum>1</sum></statement>';
    const { provider } = await answering(statement(MOVEMENT + top));
    expect(linesOf(await statementOf(provider))).toEqual([
      LINE,
      { id: '90018', at: '2025-03-01T10:16:00.000Z', direction: 'in', minor: 100, currency: 'EUR' },
    ]);
  });

  it('holds what lies in the span, and nothing of the minutes around it', async () => {
    const { provider } = await answering(statement(MOVEMENT));
    const part = (from: string, to: string) =>
      statementOf(provider, { from: `2025-03-01T${from}Z`, to: `2025-03-01T${to}Z` });
    expect(linesOf(await part('10:15:00', '10:15:30'))).toHaveLength(1);
    expect(linesOf(await part('10:15:30', '10:16:00'))).toHaveLength(0);
    expect(linesOf(await part('10:14:00', '10:15:00'))).toHaveLength(0);
  });

  it.each([
    ['no sum', '<statement id="1" dt="01.03.2025 10:15" type="OUT"></statement>'],
    ['a sum below zero', MOVEMENT.replace('150.00', '-150.00')],
    ['a sum that is none', MOVEMENT.replace('150.00', '150,00')],
    ['a date that is none', MOVEMENT.replace('01.03.2025', '31.02.2025')],
    ['another type', MOVEMENT.replace('OUT', 'HOLD')],
    ['no id', MOVEMENT.replace('id="90017"', '')],
    ['an empty one', '<statement/>'],
    ['text', 'none'],
  ])('unknown as a whole with %s', async (_what, inner) => {
    const { provider } = await answering(statement(MOVEMENT + inner));
    const answer = await statementOf(provider);
    if (inner === 'none') expect(linesOf(answer)).toEqual([LINE]);
    else expect(answer).toMatchObject({ kind: 'unknown', code: 'unreadable_statement' });
  });

  it.each([
    '',
    '<html/>',
    '<response>none</response>',
    '<response><error>maintenance</error></response>',
    '<response><statement/></response>',
  ])('unknown: %s', async (body) => {
    const { provider } = await answering(body);
    expect((await statementOf(provider)).kind).toBe('unknown');
  });

  it('a movement of a type that nobody documented is counted', async () => {
    const body = statement(MOVEMENT + MOVEMENT.replace('OUT', 'HOLD'));
    expect(await unmappedOf(body, statementOf)).toMatchObject([
      { call: 'list', what: 'operation_type', http: 200, code: 'HOLD' },
    ]);
    expect(await unmappedOf(statement(MOVEMENT), statementOf)).toEqual([]);
  });

  it('comments: without data of people; the order is found as the account says', async () => {
    const of = async (comment: string, changes = {}) => {
      const { provider } = await answering(statement(MOVEMENT.replace(/payout \w+/, comment)), changes);
      const lines = linesOf(await statementOf(provider));
      return 'kind' in lines ? lines : lines[0];
    };
    expect(await of('to 4111 1111 1111 1111, a@b.org')).toMatchObject({ comment: 'to ***, ***' });
    expect(await of('to somebody')).not.toHaveProperty('orderId');
    expect(await of('order=AB1;', { statementCommentPattern: 'order=(\\w+);' })).toMatchObject({
      orderId: 'AB1',
    });
    expect(await of('order=A-1;', { statementCommentPattern: 'order=(.+);' })).not.toHaveProperty('orderId');
  });

  it('in the zone of the provider', async () => {
    const { provider, seen } = await answering(statement(MOVEMENT), { providerTimeZone: 'Europe/Moscow' });
    expect(linesOf(await statementOf(provider))).toMatchObject([{ at: '2025-03-01T07:15:00.000Z' }]);
    expect(seen[0]?.body).toMatch(/^dt_start=01.03.2025\+03%3A00&/);
  });
});

/** §5.5's own sample. */
const HEADER = 'id,created,processed,amount,currency,destination,client,status,error,fee';
const ROW = `${ORDER_ID},2025-03-01 10:14:02,2025-03-01 10:15:31,150.00,EUR,202,987***3210,PAID,,1.50`;
const OPERATION = {
  ...{ orderId: ORDER_ID, createdAt: '2025-03-01T10:14:02.000Z', finishedAt: '2025-03-01T10:15:31.000Z' },
  ...{
    minor: 15_000,
    currency: 'EUR',
    outcome: 'paid',
    providerStatus: 'PAID',
    destination: '987***3210',
    feeMinor: 150,
  },
};
const CELLS = Object.fromEntries(HEADER.split(',').map((name, at) => [name, ROW.split(',')[at] ?? '']));
const XML = `<response><operation ${Object.entries(CELLS)
  .map(([name, value]) => `${name}="${value}"`)
  .join(' ')}/></response>`;

describe('the registry', () => {
  it.each([
    ['csv', `${HEADER}\n${ROW}\n`],
    ['csv', `\uFEFF"${HEADER.replaceAll(',', '","')}"\r\n${ROW}\r\n\r\n`],
    ['json', JSON.stringify([CELLS])],
    ['json', JSON.stringify([{ ...CELLS, amount: 150, fee: 1.5, error: null }])],
    ['xml', XML],
  ])('is the sample of the document, in %s', async (registryFormat, body) => {
    const { provider, seen } = await answering(body, { registryFormat });
    expect(linesOf(await registryOf(provider))).toEqual([OPERATION]);
    expect(seen).toMatchObject([{ method: 'GET', body: '' }]);
    expect(seen[0]?.url).toContain(`/payout_reestr?type=${registryFormat}&service_id=1042&`);
  });

  it.each([
    ['csv', `${HEADER}\n`],
    ['json', '[]'],
    ['xml', '<response/>'],
  ])('of none, in %s', async (registryFormat, body) => {
    const { provider } = await answering(body, { registryFormat });
    expect(linesOf(await registryOf(provider))).toEqual([]);
  });

  it.each([
    ['csv', ''],
    ['csv', 'ERROR: access denied'],
    ['csv', '<html>'],
    ['csv', `${HEADER}\n${ROW},too,many`],
    ['csv', `${HEADER}\n"${ROW}`],
    ['csv', `id,${HEADER}\nX,${ROW}`],
    ['csv', `${HEADER}\n${ROW.replace('150.00', '150,00')}`],
    ['csv', `${HEADER}\n${ROW.replace('150.00', 'x')}`],
    ['csv', `${HEADER}\n${ROW.replace('2025-03-01 10:14:02', '')}`],
    ['csv', `${HEADER}\n${ROW.replace('EUR', 'EURO')}`],
    ['csv', `${HEADER}\n${ROW.replace('PAID', '')}`],
    ['json', '{}'],
    ['json', '[1]'],
    ['json', '[{"id":{}}]'],
    ['json', '['.repeat(100_000)],
    ['json', '<response/>'],
    ['xml', '<response><operation/></response>'],
    ['xml', '<response><row/></response>'],
    ['xml', '<response>none</response>'],
    ['xml', XML.replace('/></response>', '><a/></operation></response>')],
    ['xml', '[]'],
  ])('unknown as a whole, in %s: %s', async (registryFormat, body) => {
    const { provider } = await answering(body, { registryFormat });
    expect((await registryOf(provider)).kind).toBe('unknown');
  });

  it('an error in words', async () => {
    const { provider } = await answering(
      '<response><result>ERROR: invalid parameter type</result></response>',
    );
    expect(await registryOf(provider)).toMatchObject({ kind: 'unknown', code: 'invalid_parameter' });
  });

  it.each([
    ['PAID', 'paid'],
    ['NOT_PAID', 'not_paid'],
    ['PROCESSING', 'pending'],
    ['NOT FOUND', 'unknown'],
    ['REVERSED', 'unknown'],
    ['ERROR: x', 'unknown'],
  ])('the status %s is %s', async (status, outcome) => {
    const { provider } = await answering(`${HEADER}\n${ROW.replace('PAID', status)}`);
    expect(linesOf(await registryOf(provider))).toMatchObject([{ outcome }]);
  });

  it('an operation in a state that nobody documented is counted', async () => {
    const rows = ['PAID', 'NOT_PAID', 'PROCESSING', 'NOT FOUND', 'REVERSED', 'ERROR: x', '4111111111111111'];
    const body = [HEADER, ...rows.map((status) => ROW.replace('PAID', status))].join('\n');
    const unheardOf = { call: 'list', what: 'order_status', http: 200 };
    expect(await unmappedOf(body, registryOf)).toMatchObject([
      { ...unheardOf, code: 'REVERSED' },
      { ...unheardOf, code: 'unreadable_code' },
      { ...unheardOf, code: 'unreadable_code' },
    ]);
  });

  it('masks an account that the provider did not, and takes nobody’s data from errors', async () => {
    const row = ROW.replace('987***3210', '9876543210').replace(
      'PAID,',
      'NOT_PAID,card 4111111111111111 closed',
    );
    const { provider } = await answering(`${HEADER}\n${row}`);
    expect(linesOf(await registryOf(provider))).toMatchObject([
      { destination: '987***3210', error: 'card *** closed' },
    ]);
  });

  it('other columns, another delimiter, none at all where they are not there', async () => {
    const changes = {
      registryDelimiter: ';',
      registryColumns: {
        id: 'Order',
        status: 'State',
        currency: null,
        fee: null,
        client: null,
        error: null,
        processed: null,
      },
    };
    const { provider } = await answering(
      `Order;created;amount;State\n${ORDER_ID};2025-03-01 10:14:02;1.00;PAID`,
      changes,
    );
    expect(linesOf(await registryOf(provider))).toEqual([
      {
        ...{ orderId: ORDER_ID, createdAt: '2025-03-01T10:14:02.000Z', minor: 100, currency: 'EUR' },
        ...{ outcome: 'paid', providerStatus: 'PAID' },
      },
    ]);
  });

  it('that is longer than the account says is unknown', async () => {
    const { provider } = await answering(`${HEADER}\n${`${ROW}\n`.repeat(100)}`, { maxListBytes: 1_024 });
    expect(await registryOf(provider)).toMatchObject({ kind: 'unknown', code: 'RESPONSE_TOO_LARGE' });
  });

  it('the key is in no address', async () => {
    const { provider, seen } = await answering('', { sendSecretInClear: true });
    await registryOf(provider);
    expect(seen[0]?.url).not.toContain(SECRET_KEY);
  });
});
