import { describe, expect, it, onTestFinished } from 'vitest';
import type { OrderId } from '../../../domain/ids.js';
import type { StatusAnswer } from '../../../domain/provider-answer.js';
import { isLacking, type CallbackReading, type Order, type PayoutProvider } from '../../../providers/port.js';
import {
  EIGHTB_DISBURSEMENT_VARIANTS,
  startEightbDisbursementSimulator,
  type EightbDisbursementVariant,
} from '../../../simulators/index.js';
import { playServer } from '../local-server.js';
import { euros, never, ORDER, providerAt, queryOf, SECRET_KEY, send, SERVICE_ID } from './fixtures.js';

/** What the account must say for each variant; nothing where the adapter copes by itself. */
const OUR_SIDE: Readonly<Record<string, object>> = {
  'recipes={"check":["id","dt"]}': { recipes: { check: ['id', 'dt'] } },
  'recipes={"callback":["id","amount","result"]}': { recipes: { callback: ['id', 'amount', 'result'] } },
  'recipes={"notify":["id"]}': { recipes: { notify: ['id'] } },
  'fieldCase=upper': { fieldCase: 'upper' },
  'timeZone=Europe/Moscow': { providerTimeZone: 'Europe/Moscow' },
  'amountScale=0': { amountScale: { EUR: 0 } },
  'checkDt=original': { checkDt: 'original' },
  'dtWindowMs=300000': {},
  'secretInClear=required': { sendSecretInClear: true },
  'existingId=duplicate': {},
  'existingId=executeAgain': {},
  'check=off': {},
  'notFoundToken=NOT_FOUND': {},
  'notFoundToken=Not found': {},
  'errorForm=bare': {},
  'errorForm=tight': {},
  'errorElement=absent': {},
  'idEcho=registered': { requireIdEcho: false },
  'elementCase=upper': {},
  'contentType=text/plain': {},
  'securityReply=http400': {},
  'parameterReply=http403': {},
  'unknownService=http404': {},
  'callbacks=off': {},
  'ack=json': { ackBody: '{"status":"received"}', ackContentType: 'application/json' },
  'callbackDt=sending': {},
  'statementComment=plain': {},
  'registryTypeIn=path': { registryPath: '/reestr', registryTypeIn: 'path' },
  'registryDelimiter=;': { registryDelimiter: ';' },
  'registryColumns={"id":"operation_id","status":"state"}': {
    registryColumns: { id: 'operation_id', status: 'state' },
  },
};

it('every variant of the simulator is played', () => {
  expect(Object.keys(OUR_SIDE)).toEqual(EIGHTB_DISBURSEMENT_VARIANTS.map(({ name }) => name));
});

async function world({ patch, name }: EightbDisbursementVariant) {
  const readings: CallbackReading[] = [];
  const door = await playServer(({ body, url }) => {
    const reading = provider.readCallback({ method: 'POST', url, headers: {}, body: Buffer.from(body) });
    readings.push(reading);
    const {
      status,
      contentType,
      body: said,
    } = reading.kind === 'verified' ? reading.acknowledge : reading.answer;
    return { status, headers: { 'content-type': contentType }, body: said };
  });
  const simulator = await startEightbDisbursementSimulator({
    services: { [SERVICE_ID]: { secretKey: SECRET_KEY, variant: patch } },
    callbackUrl: `${door.origin}/callbacks/8b`,
    timings: { paidMs: 30, callbackGapsMs: [20] },
    ...(patch.unknownService && { unknownService: patch.unknownService }),
  });
  onTestFinished(() => simulator.close());
  const at = (more: object = {}) =>
    providerAt(simulator.baseUrl, { ...OUR_SIDE[name], ...more }, { now: Date.now });
  const provider: PayoutProvider = at();
  return { provider, simulator, readings, at };
}

let count = 0;
function order(ending: string): Order {
  count += 1;
  const destination = {
    type: 'bank_account',
    accountNumber: `12345678${ending}`,
    bankCode: 'EXAMPLEBIC',
  } as const;
  const orderId = `V${String(count)}` as OrderId;
  return { ...ORDER, orderId, amount: euros(15_000), destination, acceptedAt: new Date().toISOString() };
}

const progress = (kind: string) => ({ kind: 'answered', progress: { kind } });
const given = <T extends object>(capability: T | { readonly lacking: string }): T => {
  if (isLacking(capability)) throw new Error(capability.lacking);
  return capability;
};

describe.each(EIGHTB_DISBURSEMENT_VARIANTS)('$name: $words', (variant) => {
  const cannotAsk = variant.patch.check === 'off';

  it('paid once, declined, lost: never anything but the truth', async () => {
    const { provider, simulator, readings } = await world(variant);
    const { control } = simulator;
    const ask = (of: Order, more = {}): Promise<StatusAnswer> =>
      cannotAsk
        ? Promise.resolve({ kind: 'unknown', code: 'x', message: 'x' })
        : provider.status(queryOf(of, more), never);
    const expected = (kind: string) => (cannotAsk ? { kind: 'unknown' } : progress(kind));

    const paid = order('12');
    expect(await send(provider, paid)).toMatchObject(progress('pending'));
    expect(await ask(paid)).toMatchObject(expected('paid'));
    expect(await control.operation(paid.orderId)).toMatchObject({ bookings: 1, bookedMinor: 15_000 });

    const declined = order('01');
    expect(await send(provider, declined)).toMatchObject(progress('pending'));
    await expect.poll(() => ask(declined)).toMatchObject(expected('not_paid'));

    const answerLost = order('12');
    await control.inject({ kind: 'reset_after', id: answerLost.orderId, method: 'payout' });
    expect((await send(provider, answerLost)).kind).toBe('unknown');
    expect(await ask(answerLost)).toMatchObject(expected('paid'));

    const lost = order('12');
    await control.inject({ kind: 'reset_before', id: lost.orderId, method: 'payout' });
    expect((await send(provider, lost)).kind).toBe('unknown');
    expect(await ask(lost)).toMatchObject(expected('not_found'));

    const unfunded = order('10');
    const answer = await send(provider, unfunded);
    expect(answer).toMatchObject({ kind: 'unknown', suspected: { code: 'insufficient_funds' } });
    const { suspected } = answer as { suspected?: object };
    expect(await ask(unfunded, { suspected })).toMatchObject(expected('not_paid'));

    const told = variant.patch.callbacks === 'off' ? 0 : 3;
    await expect.poll(() => readings.length).toBe(told);
    expect(readings.every(({ kind }) => kind === 'verified')).toBe(true);
    await expect
      .poll(async () => (await control.operation(paid.orderId))?.callback)
      .toBe(told === 0 ? 'due' : 'delivered');
  });

  it('access, lists and repetitions', async () => {
    const { provider, simulator, readings, at } = await world(variant);
    expect(await provider.ping(never)).toMatchObject({ ok: true });
    expect(await at({ secretKey: 'other' }).ping(never)).toMatchObject({ ok: false });
    const refused = await send(at({ serviceId: '99' }), order('12'));
    // Nobody can be asked about it either, and the hash is looked at before the words are.
    expect(refused).toMatchObject({ kind: 'unknown', suspected: { class: 'refused' } });

    const payout = order('12');
    await simulator.control.inject({ kind: 'callback_suppress', id: payout.orderId });
    await send(provider, payout);
    const heard = readings.length;
    await given(provider.callbackRepeat).ask(queryOf(payout), never);
    if (variant.patch.callbacks !== 'off') await expect.poll(() => readings.length).toBe(heard + 1);

    const span = {
      from: new Date(Date.now() - 300_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    const named = variant.patch.statementComment === 'plain' ? {} : { orderId: payout.orderId };
    expect(await given(provider.statement).read(span, never)).toMatchObject({
      lines: [{ direction: 'out', minor: 15_000, currency: 'EUR', ...named }],
    });
    for (const registryFormat of ['csv', 'json', 'xml']) {
      const reader = at({ registryFormat });
      expect(await given(reader.registry).read(span, never), registryFormat).toMatchObject({
        lines: [
          { orderId: payout.orderId, minor: 15_000, outcome: 'paid', destination: '123***7812', feeMinor: 0 },
        ],
      });
    }
    expect(await given(provider.balance).read(never)).toMatchObject({
      balances: [{ currency: 'EUR', availableMinor: 999_985_000 }],
    });
  });
});

it('without a check nothing is ever concluded, and the account is held back', async () => {
  const variant = EIGHTB_DISBURSEMENT_VARIANTS.find(({ name }) => name === 'check=off');
  if (!variant) throw new Error('no such variant');
  const { provider } = await world(variant);
  const payout = order('12');
  await send(provider, payout);
  expect(await provider.status(queryOf(payout), never)).toMatchObject({
    kind: 'unknown',
    code: 'access_denied',
  });
  expect(await provider.prepare('execute', order('12'), never)).toMatchObject({ kind: 'not_sent' });
});

it('a request that is too old by the provider’s clock is refused, and not paid', async () => {
  const variant = EIGHTB_DISBURSEMENT_VARIANTS.find(({ name }) => name === 'dtWindowMs=300000');
  if (!variant) throw new Error('no such variant');
  const { provider, simulator } = await world(variant);
  const old = { ...order('12'), acceptedAt: new Date(Date.now() - 400_000).toISOString() };
  const answer = await send(provider, old);
  expect(answer).toMatchObject({
    kind: 'unknown',
    suspected: { class: 'refused', code: 'invalid_parameter' },
  });
  const { suspected } = answer as { suspected?: object };
  expect(await provider.status(queryOf(old, { suspected } as object), never)).toMatchObject({
    progress: { kind: 'not_paid', class: 'refused' },
  });
  expect(await simulator.control.operation(old.orderId)).toBeUndefined();
});
