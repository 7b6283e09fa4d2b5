import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccountConfig } from '../../config/account-entry.js';
import { ConfigError } from '../../config/config-error.js';
import type { AccountId, OrderId } from '../../domain/ids.js';
import { freePort } from '../../embedded/free-port.js';
import { isLacking, type Order, type Step } from '../../providers/port.js';
import type { All2paySimulatorOptions } from '../../simulators/index.js';
import { startSimulators, type EmbeddedSimulators } from '../../workers/simulated/start-simulators.js';
import { loadAccounts, openAccounts } from '../../workers/load-accounts.js';
import type { SimulatedProvider } from '../../workers/simulated/simulated-provider.js';
import { groupsOf } from '../../workers/simulated/groups.js';
import { tempDir } from '../support/temp-dir.js';

const started: EmbeddedSimulators[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const { running } of started.splice(0))
    await Promise.all(running.map((simulator) => simulator.close()));
});

function accountsFile(accounts: Record<string, { settings?: object; simulator?: object }>): string {
  const file = join(tempDir(), 'accounts.yaml');
  const entries = Object.entries(accounts).map(([id, { settings, simulator }]) => [
    id,
    {
      provider: 'all2pay',
      settings: { baseUrl: { env: 'ALL2PAY_BASE_URL' }, userName: id, password: PASSWORD, ...settings },
      ...(simulator && { simulator }),
    },
  ]);
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ accounts: Object.fromEntries(entries) as unknown }));
  return file;
}
const PASSWORD = { env: 'ACME_A2P_PASSWORD' };
const REAL = 'https://api.all2pay.example/payouts/api/v2';

async function start(
  file: string,
  dataDir?: string,
  gatewayUrl = 'http://127.0.0.1:9',
  overrides: Partial<All2paySimulatorOptions> = {},
): Promise<EmbeddedSimulators> {
  const simulators = await startSimulators({
    accountsFile: file,
    dataDir,
    gatewayUrl,
    timings: 'real',
    overrides,
  });
  started.push(simulators);
  return simulators;
}

function baseUrls({ accounts }: EmbeddedSimulators): Record<string, unknown> {
  return Object.fromEntries(
    accounts.map(({ account, settings }) => [account, (settings as { baseUrl: string }).baseUrl]),
  );
}

/** What the provider's side answers to a status query of this login. */
async function ask(simulators: EmbeddedSimulators, account: string): Promise<unknown> {
  const config = simulators.accounts.find((one) => one.account === account);
  if (!config) throw new Error(`no ${account}`);
  const { accounts } = openAccounts([config], {});
  const answer = await accounts.get(account as AccountId)?.provider.ping(AbortSignal.timeout(60_000));
  return answer?.ok;
}

describe('which accounts are simulated', () => {
  it('those with a block, whatever their base URL, and those that refer to the variable', async () => {
    const simulators = await start(
      accountsFile({
        block: { settings: { baseUrl: REAL }, simulator: {} },
        variable: {},
        real: { settings: { baseUrl: REAL } },
      }),
    );
    expect(simulators.running).toHaveLength(1);
    const address = simulators.running[0]?.baseUrl;
    expect(baseUrls(simulators)).toEqual({ block: address, variable: address, real: REAL });
    expect(simulators.variables['ALL2PAY_BASE_URL']).toBe(address);
    expect(await ask(simulators, 'block')).toBe(true);
  });

  it('none where none asks for it', async () => {
    const simulators = await start(accountsFile({ real: { settings: { baseUrl: REAL } } }));
    expect(simulators.running).toEqual([]);
    expect(simulators.variables).not.toHaveProperty('ALL2PAY_BASE_URL');
  });

  it('one whose variable points elsewhere goes there, unless it has a block', async () => {
    vi.stubEnv('ALL2PAY_BASE_URL', 'http://127.0.0.1:7/payouts/api/v2');
    const simulators = await start(accountsFile({ variable: {}, block: { simulator: {} } }));
    expect(baseUrls(simulators)).toEqual({
      variable: 'http://127.0.0.1:7/payouts/api/v2',
      block: simulators.running[0]?.baseUrl,
    });
  });
});

describe('what the simulator is told', () => {
  it('an account’s own credentials: the engine’s calls are accepted, others are not', async () => {
    vi.stubEnv('SECRET_1', 'one');
    const simulators = await start(
      accountsFile({ mine: { settings: { userName: 'mine-api', password: { env: 'SECRET_1' } } } }),
    );
    const status = (body: object): Promise<Response> =>
      fetch(`${simulators.running[0]?.baseUrl}/getPayoutStatus.do`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=UTF-8',
          accept: 'application/json; version=2.0',
        },
        body: JSON.stringify({ ...body, orderNumber: 'unknown' }),
      });
    const known = await status({ userName: 'mine-api', password: 'one' });
    expect([known.status, await known.json()]).toEqual([400, expect.objectContaining({ errorCode: '98' })]);
    const stranger = await status({ userName: 'mine-api', password: 'two' });
    expect(stranger.status).toBe(401);
  });

  it('the public half of its signing key, and that unsigned requests are to be refused', async () => {
    const simulators = await start(
      accountsFile({ signed: { settings: { signing: { pkcs8Pem: { env: 'ACME_A2P_SIGNING_KEY' } } } } }),
    );
    const body = JSON.stringify({ userName: 'signed', password: 'simulated-password-1', orderNumber: 'x' });
    const unsigned = await fetch(`${simulators.running[0]?.baseUrl}/getPayoutStatus.do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=UTF-8', accept: 'application/json; version=2.0' },
      body,
    });
    expect(unsigned.status).toBe(401);
    const key = simulators.variables['ACME_A2P_SIGNING_KEY'] ?? '';
    expect(createPublicKey(createPrivateKey(key)).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('refuses a callback certificate whose private half only its owner has', async () => {
    const settings = { callbacksEnabled: true, callbackCert: { env: 'ALL2PAY_CALLBACK_CERT' } };
    expect((await start(accountsFile({ a: { settings } }))).running).toHaveLength(1);
    const foreign = { ...settings, callbackCert: { env: 'FOREIGN_CERT' } };
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    vi.stubEnv('FOREIGN_CERT', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    await expect(start(accountsFile({ a: { settings: foreign } }))).rejects.toThrow(
      'accounts.a.settings.callbackCert: is not what the simulator signs its callbacks with',
    );
  });
});

describe('both sides agree', () => {
  const CARD = { type: 'card', number: '2200000000000004' } as const;

  /** The provider's first answer. */
  async function pay(
    simulators: EmbeddedSimulators,
    account: string,
    change: Partial<Order> = {},
    step: Step = 'execute',
  ): Promise<string> {
    const provider = openAccounts(simulators.accounts, {}).accounts.get(account as AccountId)?.provider;
    if (provider?.kind !== 'payout') throw new Error(`no ${account}`);
    const order: Order = {
      orderId: `po-${account}` as OrderId,
      amount: { minor: 10_000, currency: 'RUB' },
      destination: CARD,
      acceptedAt: '2026-02-03T09:59:59.000Z',
      ...change,
    };
    const signal = AbortSignal.timeout(60_000);
    let request = await provider.prepare(step, order, signal);
    // As the engine does: on a busy machine the simulator's keys may take longer to make than the demo waits.
    while ('kind' in request && !signal.aborted) request = await provider.prepare(step, order, signal);
    if ('kind' in request) return `${request.kind}: ${request.message}`;
    const answer = await request.send(AbortSignal.timeout(60_000));
    return answer.kind === 'answered' ? answer.progress.kind : `${answer.kind}: ${answer.message}`;
  }

  it('about passwords, signatures, encrypted cards: every account of the demo pays', async () => {
    const simulators = await start('examples/accounts.demo.yaml');
    const all2pay = simulators.accounts.filter(({ provider }) => provider === 'all2pay');
    const paid = await Promise.all(
      all2pay.map(async ({ account }) => [account, await pay(simulators, account)]),
    );
    expect(Object.fromEntries(paid)).toEqual({
      'acme-a2p': 'paid',
      'acme-a2p-poll': 'paid',
      'acme-a2p-setoken': 'paid',
      'acme-a2p-signed': 'paid',
    });
  });

  it.each<[string, Partial<Order>, Step]>([
    [
      'acme-8b',
      {
        orderId: 'PO8B1' as OrderId,
        amount: { minor: 10_000, currency: 'EUR' },
        destination: { type: 'bank_account', accountNumber: 'LV80BANK0000435195000', bankCode: 'HABALV22' },
        recipient: { firstName: 'Anna', lastName: 'Berzina' },
      },
      'execute',
    ],
    [
      'acme-8b-usd',
      {
        orderId: 'PO8B2' as OrderId,
        amount: { minor: 10_000, currency: 'USD' },
        // What its last two digits decide is for other tests.
        destination: { type: 'card', number: '4000000000000119' },
        recipient: { firstName: 'Anna', lastName: 'Berzina' },
      },
      'execute',
    ],
    ['acme-pne', { amount: { minor: 10_000, currency: 'USD' } }, 'execute'],
    ['acme-pne-two', { amount: { minor: 10_000, currency: 'USD' } }, 'register'],
  ])('about keys and secrets of %s, which takes an order, and keeps it in its books', async (...row) => {
    const [account, change, step] = row;
    const simulators = await start('examples/accounts.demo.yaml');
    const { provider } = simulators.accounts.find((one) => one.account === account) ?? {};
    const callbackUrl = `http://127.0.0.1:9/callbacks/${account}`;
    expect(await pay(simulators, account, { ...change, callbackUrl }, step)).toBe('pending');
    const books = await simulators.running.find((one) => one.provider === provider)?.books();
    expect(books).toMatchObject({
      payouts: [{ orderId: change.orderId ?? `po-${account}`, ...toBook(change) }],
      payments: [],
    });
  });

  const toBook = ({ amount }: Partial<Order>) => ({ amount: amount?.minor, currency: amount?.currency });

  it('about the key and the secret of acme-shop, which takes payments', async () => {
    const simulators = await start('examples/accounts.demo.yaml');
    const shop = openAccounts(simulators.accounts, {}).accounts.get('acme-shop' as AccountId)?.provider;
    if (shop?.kind !== 'payment') throw new Error('no acme-shop');
    const begun = shop.start({
      orderId: 'order-1' as OrderId,
      amount: { minor: 2_500, currency: 'EUR' },
      purpose: 'payment',
      description: 'Order 1',
      payer: { email: 'anna@shop.example' },
      language: 'en',
      returnUrls: { success: 'https://shop.example/ok', failure: 'https://shop.example/ko' },
      expiresAt: '2049-12-31T23:59:00Z',
      keepCard: false,
    });
    expect(await begun.send(AbortSignal.timeout(60_000))).toMatchObject({ kind: 'answered' });
    const books = await simulators.running.find(({ provider }) => provider === 'eightb_pay')?.books();
    expect(books).toEqual({
      payouts: [],
      payments: [
        {
          ...{ orderId: 'order-1', amount: 2_500, currency: 'EUR' },
          ...{ bookings: 0, takenAmount: 0, refundedAmount: 0 },
        },
      ],
    });
  });

  it('about the balance, where the account says how to ask for it', async () => {
    const simulators = await start('examples/accounts.demo.yaml');
    const { accounts } = openAccounts(simulators.accounts, {});
    const balanceOf = (id: string) => {
      const provider = accounts.get(id as AccountId)?.provider;
      return provider?.kind === 'payout' ? provider.balance : { lacking: 'all' };
    };
    const balance = balanceOf('acme-a2p');
    if (isLacking(balance)) throw new Error(balance.lacking);
    expect(await balance.read(AbortSignal.timeout(60_000))).toMatchObject({
      kind: 'answered',
      balances: [{ currency: 'RUB' }],
    });
    expect(isLacking(balanceOf('acme-a2p-poll'))).toBe(true);
  });

  it('and a variant is one login’s alone: whoever may send no readable card is refused one', async () => {
    const simulators = await start(
      accountsFile({ strict: { simulator: { cards: 'seTokenOnly' } }, usual: {} }),
    );
    expect(simulators.running).toHaveLength(1);
    expect(await pay(simulators, 'usual')).toBe('paid');
    expect(await pay(simulators, 'strict')).toContain('[target.pan] is not set');
  });

  it.each([
    ['a shared secret', { callbackSecret: { env: 'ACME_A2P_CALLBACK_SECRET' } }],
    ['a certificate', { callbackCert: { env: 'ALL2PAY_CALLBACK_CERT' } }],
    [
      'a certificate and SHA-256',
      { callbackCert: { env: 'ALL2PAY_CALLBACK_CERT' }, callbackDigest: 'sha256' },
    ],
  ])('about callbacks with %s', async (_, checksum) => {
    const gateway = createServer();
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const came = once(gateway, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    const file = accountsFile({ told: { settings: { callbacksEnabled: true, ...checksum } } });
    const simulators = await start(
      file,
      undefined,
      `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    );
    expect(await pay(simulators, 'told')).toBe('paid');
    const [request, response] = await came;
    response.end();
    gateway.close();
    expect(request.url).toMatch(/^\/callbacks\/told\?/);
    const provider = openAccounts(simulators.accounts, {}).accounts.get('told' as AccountId)?.provider;
    const raw = { method: 'GET', url: request.url ?? '', headers: {}, body: new Uint8Array() } as const;
    expect(provider?.readCallback(raw)).toMatchObject({ kind: 'verified', orderId: 'po-told' });
    const forged = { ...raw, url: raw.url.replace('status=1', 'status=0') };
    expect(provider?.readCallback(forged)).toMatchObject({ kind: 'refused' });
  });
});

describe('how many simulators there are', () => {
  const provider: SimulatedProvider = {
    name: 'all2pay',
    baseUrlVariable: 'X',
    placeholderUrl: 'http://x.localhost',
    serverOf: ({ simulator }) => ({ ...(simulator as { server?: object }).server }),
    clientOf: ({ settings }) => settings as { login: string; facts: unknown },
    start: () => Promise.reject(new Error('not here')),
  };
  const account = (id: string, login: string, facts: unknown, server?: object): AccountConfig => ({
    account: id as AccountId,
    provider: 'all2pay',
    reviewPoll: [],
    settings: { login, facts },
    simulator: { server },
  });
  const groups = (accounts: AccountConfig[]): string[] =>
    groupsOf(accounts, [provider], 'http://g').map((group) =>
      [group.ordinary ? 'ordinary' : 'special', ...group.accounts.map((one) => one.account)].join(' '),
    );

  it('one for accounts that differ in nothing a server must have, logins with variants included', () => {
    expect(groups([account('a', 'l1', 1), account('b', 'l2', 2), account('c', 'l1', 1)])).toEqual([
      'ordinary a b c',
    ]);
  });

  it('another for one login with two meanings', () => {
    expect(groups([account('a', 'l1', 1), account('b', 'l1', 2), account('c', 'l2', 1)])).toEqual([
      'ordinary a c',
      'ordinary b',
    ]);
  });

  it('one for two accounts of one login that mean the same by it', async () => {
    const port = await freePort('127.0.0.1');
    const simulators = await start('test/support/accounts.yaml', undefined, undefined, { port });
    expect(simulators.accounts.length).toBeGreaterThan(2);
    expect(simulators.running.map(({ baseUrl }) => new URL(baseUrl).port)).toEqual([String(port)]);
  });

  it('another for other servers; the ordinary one comes first', () => {
    const slow = { timings: { hangMs: 1 } };
    expect(groups([account('a', 'l1', 1, slow), account('b', 'l2', 1), account('c', 'l3', 1, slow)])).toEqual(
      ['ordinary b', 'special a c'],
    );
  });

  it('and each keeps books of its own', async () => {
    const dataDir = tempDir();
    const simulators = await start(
      accountsFile({ usual: {}, skewed: { simulator: { clockSkewMs: 60_000 } } }),
      dataDir,
    );
    const urls = baseUrls(simulators);
    expect(new Set(Object.values(urls)).size).toBe(2);
    expect(simulators.running.map(({ baseUrl }) => baseUrl)).toEqual([urls['usual'], urls['skewed']]);
    expect(simulators.variables['ALL2PAY_BASE_URL']).toBe(urls['usual']);
    expect(readdirSync(dataDir).sort()).toEqual([
      'all2pay-simulator-skewed.jsonl',
      'all2pay-simulator.jsonl',
    ]);
  });
});

describe('in production', () => {
  it('a worker refuses an account that is both simulated and real', () => {
    const env = { ACME_A2P_PASSWORD: 'p', ALL2PAY_BASE_URL: REAL };
    const file = accountsFile({ both: { simulator: {} } });
    expect(() => loadAccounts(file, {}, env)).toThrow(ConfigError);
    expect(() => loadAccounts(file, {}, env)).toThrow(
      'both.simulator: stands beside settings.baseUrl of a real',
    );
    const http = { ...env, ALL2PAY_BASE_URL: 'http://127.0.0.1:1/payouts/api/v2' };
    expect([...loadAccounts(file, {}, http).accounts.keys()]).toEqual(['both']);
  });
});
