import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, OrderId } from '../../domain/ids.js';
import type { PayoutProvider } from '../../providers/port.js';
import type { Provider } from '../../providers/provider.js';
import { all2pay } from '../../providers/all2pay/index.js';
import { eightbDisbursement } from '../../providers/eightb-disbursement/index.js';
import { eightbPay } from '../../providers/eightb-pay/index.js';
import { payneteasy } from '../../providers/payneteasy/index.js';
import {
  startAll2paySimulator,
  startEightbDisbursementSimulator,
  startEightbPaySimulator,
  startPayneteasySimulator,
} from '../../simulators/index.js';
import { ORDER as TO_SEPA } from '../providers/eightb-disbursement/fixtures.js';
import { ORDER as PAYMENT } from '../providers/eightb-pay/fixtures.js';
import { BANK_ORDER as TO_BANK, KEYS } from '../providers/payneteasy/fixtures.js';
import { generateSealingKeys, publicSealingKeys } from '../../secrets/sealing-keys.js';
import { startGateway, until, type Harness } from './harness.js';

/** A callback as its provider sent it. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Two accounts at one provider, with one genuine callback for the first of them. */
interface Case {
  readonly mine: Provider;
  readonly others: Provider;
  readonly sent: Sent;
}

const never = new AbortController().signal;
const NUMBER = '2200000000000012';
const mineId = 'mine' as AccountId;
const othersId = 'others' as AccountId;

let receiver: Server;
let receiverUrl: string;
let received: Sent[] = [];
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      response.end('OK');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callbacks/mine`;
});
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  receiver.close();
});

async function first(): Promise<Sent> {
  await until(() => received.length > 0);
  const [sent] = received;
  if (!sent) throw new Error('No callback came');
  received = [];
  return sent;
}

async function pay(provider: PayoutProvider, order: Parameters<PayoutProvider['prepare']>[1]): Promise<void> {
  const request = await provider.prepare('execute', order, never);
  if ('kind' in request) throw new Error(request.message);
  expect(await request.send(never)).toMatchObject({ kind: 'answered' });
}

const CASES: Readonly<Record<string, () => Promise<Case>>> = {
  async all2pay() {
    const login = (secret: string) => ({ password: 'p', callback: { url: receiverUrl, secret } });
    const simulator = await startAll2paySimulator({ logins: { a: login('sa'), b: login('sb') } });
    closers.push(() => simulator.close());
    const account = (id: AccountId, userName: string, callbackSecret: string) =>
      all2pay.create(id, {
        ...{ baseUrl: simulator.baseUrl, userName, password: 'p', callbackSecret },
        callbacksEnabled: true,
      });
    const mine = account(mineId, 'a', 'sa');
    await pay(mine, {
      orderId: 'PO-1' as OrderId,
      amount: { minor: 10_000, currency: 'RUB' },
      destination: { type: 'card', number: NUMBER },
      acceptedAt: new Date().toISOString(),
    });
    return { mine, others: account(othersId, 'b', 'sb'), sent: await first() };
  },
  async payneteasy() {
    const merchant = (merchantControl: string) => ({ merchantControl, publicKey: KEYS.publicKey });
    const simulator = await startPayneteasySimulator({
      merchants: { a: merchant('control-a'), b: merchant('control-b') },
      timings: { approveMs: 0, declineMs: 0 },
    });
    closers.push(() => simulator.close());
    const account = (id: AccountId, login: string, merchantControl: string) =>
      payneteasy.create(id, {
        ...{ baseUrl: simulator.baseUrl, login, merchantControl, endpointId: '39915' },
        ...{ signing: { pkcs8Pem: KEYS.privateKey }, currencies: ['USD'], callbackPorts: 'any' },
      });
    const mine = account(mineId, 'a', 'control-a');
    await pay(mine, { ...TO_BANK, callbackUrl: receiverUrl });
    return { mine, others: account(othersId, 'b', 'control-b'), sent: await first() };
  },
  async eightb_disbursement() {
    const service = (secretKey: string) => ({ secretKey, callbackUrl: receiverUrl });
    const simulator = await startEightbDisbursementSimulator({
      services: { 1: service('secret-a'), 2: service('secret-b') },
      timings: { paidMs: 0 },
    });
    closers.push(() => simulator.close());
    const account = (id: AccountId, serviceId: string, secretKey: string) =>
      eightbDisbursement.create(id, {
        ...{ baseUrl: simulator.baseUrl, serviceId, secretKey, currency: 'EUR' },
        defaultPhone: '37120000000',
      });
    const mine = account(mineId, '1', 'secret-a');
    // What its last two digits decide is for other tests: this one is paid at once.
    const destination = {
      type: 'bank_account',
      accountNumber: 'LV80BANK0000435195099',
      bankCode: 'HABALV22',
    } as const;
    await pay(mine, { ...TO_SEPA, destination });
    return { mine, others: account(othersId, '2', 'secret-b'), sent: await first() };
  },
  async eightb_pay() {
    // The same secret: there the key in the message alone tells one shop from another.
    const shop = { secretKey: 'secret', callbackUrl: receiverUrl };
    const simulator = await startEightbPaySimulator({ shops: { a: shop, b: shop } });
    closers.push(() => simulator.close());
    const account = (id: AccountId, apiKey: string) =>
      eightbPay.create(id, { baseUrl: simulator.baseUrl, apiKey, secretKey: 'secret' });
    const mine = account(mineId, 'a');
    expect((await mine.start(PAYMENT).send(never)).kind).toBe('answered');
    simulator.control.pay(PAYMENT.orderId);
    return { mine, others: account(othersId, 'b'), sent: await first() };
  },
};

/** What each provider hears, as its document wants it. */
const ACKNOWLEDGED: Readonly<
  Record<string, { readonly type: RegExp; readonly text: string; readonly refused: number }>
> = {
  all2pay: { type: /^text\/plain/, text: 'OK', refused: 401 },
  payneteasy: { type: /^text\/plain/, text: 'OK', refused: 403 },
  eightb_disbursement: { type: /^text\/plain/, text: 'OK', refused: 403 },
  eightb_pay: { type: /^text\/plain/, text: 'OK', refused: 403 },
};

describe.each(Object.keys(CASES))('a callback of %s at the gateway', (name) => {
  let gateway: Harness;
  let sent: Sent;

  beforeAll(async () => {
    const { mine, others, sent: genuine } = (await CASES[name]?.()) as Case;
    sent = genuine;
    const providers = new Map([mine, others].map((provider) => [provider.account, provider]));
    gateway = await startGateway({
      providers,
      // What is kept of a payment's callback is sealed.
      sealingKeys: publicSealingKeys(await generateSealingKeys()),
      inboxPump: { everyMs: 60_000, minAgeMs: 0, orphanAfterMs: 60_000 },
    });
  });
  afterAll(() => gateway.close());

  async function replay({ method, url, headers, body }: Sent, account: AccountId) {
    const { pathname, search } = new URL(url, 'http://receiver');
    expect(pathname).toBe('/callbacks/mine');
    const response = await fetch(`${gateway.url}/callbacks/${account}${search}`, {
      method,
      headers: { 'content-type': headers['content-type'] ?? 'text/plain' },
      ...(method === 'GET' ? {} : { body: Buffer.from(body, 'latin1') }),
    });
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, text: await response.text() };
  }

  const stored = () => gateway.journal.inbox.pending(0, 100);
  const counted = async (account: AccountId, outcome: string): Promise<number> => {
    const { text } = await gateway.ask('GET', '/metrics');
    const line = text
      .split('\n')
      .find(
        (one) =>
          one.startsWith('payouts_gateway_callbacks_total{') &&
          one.includes(`"${account}"`) &&
          one.includes(`"${outcome}"`),
      );
    return Number(line?.split(' ').at(-1) ?? 0);
  };

  /** One character of what was signed is another one. */
  const forged = (): Sent => {
    const other = (text: string): string =>
      text.replace(/([0-9a-zA-Z])(?=(&|$))/, (last) => (last === '1' ? '2' : '1'));
    const { pathname, search } = new URL(sent.url, 'http://receiver');
    return sent.body === ''
      ? { ...sent, url: `${pathname}?${other(search.slice(1))}` }
      : { ...sent, body: other(sent.body) };
  };

  it('is not acknowledged while it cannot be stored', async () => {
    gateway.world.journalDown = true;
    expect((await replay(sent, mineId)).status).toBe(503);
    gateway.world.journalDown = false;
    expect(await stored()).toEqual([]);
  });

  it('that is forged is refused, stored nowhere and counted', async () => {
    expect(await replay(forged(), mineId)).toMatchObject({ status: ACKNOWLEDGED[name]?.refused });
    expect(await stored()).toEqual([]);
    expect(await counted(mineId, 'refused')).toBe(1);
  });

  it('for another account is refused, stored nowhere and counted', async () => {
    expect(await replay(sent, othersId)).toMatchObject({ status: ACKNOWLEDGED[name]?.refused });
    expect(await stored()).toEqual([]);
    expect(await counted(othersId, 'refused')).toBe(1);
  });

  it('that is genuine is stored, and acknowledged as the provider wants it', async () => {
    const { status, type, text } = await replay(sent, mineId);
    expect({ status, text }).toEqual({ status: 200, text: ACKNOWLEDGED[name]?.text });
    expect(type).toMatch(ACKNOWLEDGED[name]?.type ?? /never/);
    expect(await stored()).toHaveLength(1);
  });

  it('that is repeated is acknowledged again, and stored once', async () => {
    expect(await replay(sent, mineId)).toMatchObject({ status: 200 });
    expect(await stored()).toHaveLength(1);
    expect(await counted(mineId, 'repeated')).toBe(1);
  });
});
