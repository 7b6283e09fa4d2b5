import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { PayoutConflictError } from '../../client/errors.js';
import type { AccountsClient } from '../../client/accounts.js';
import type { PayoutClient, PayoutSignals, RunKey } from '../../client/payout-client.js';
import type { AccountId, MerchantId, OrderId, PayoutKey } from '../../domain/ids.js';
import { ROLES, type Role } from '../../domain/roles.js';
import { maskCardNumber } from '../../domain/card.js';
import type { SealedPayoutRequest } from '../../domain/payout-request.js';
import type { Problem } from '../../domain/problem.js';
import type { GatewayDeps } from '../../gateway/deps.js';
import { createGateway } from '../../gateway/create-gateway.js';
import { JournalUnavailableError } from '../../journal/errors.js';
import { readCacheDir } from '../../config/cache-dir.js';
import { openJournal } from '../../journal/open-journal.js';
import type { Journal } from '../../journal/port.js';
import { parsePayoutRequest } from '../../schemas/payout-request.js';
import type {
  CallbackSignal,
  CancelInput,
  CancelResult,
  LateHintInput,
  ResolveInput,
  ResolveResult,
} from '../../workflows/messages.js';
import { fakePayments } from './fake-payments.js';
import { fakeStoredCards } from './fake-stored-cards.js';
import { cardStorage, fakeProvider } from './fake-provider.js';

export const CARD = '2200000000000004';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly meta: unknown;
}

/** Switches that a test turns, and what it may look at. */
export interface World {
  journalDown: boolean;
  journalHangs: boolean;
  signalsDown: boolean;
  startsDown: boolean;
  workflowClosed: boolean;
  temporal: 'up' | 'down' | 'hangs';
  clientError: Error | undefined;
  accounts: AccountsClient;
  readonly pinged: string[];
  readonly signalled: ({ key: Readonly<Record<string, string>> } & Partial<CallbackSignal>)[];
  readonly lateHints: LateHintInput[];
  readonly commands: (CancelInput | ResolveInput)[];
  /** The journal's methods, in the order in which the gateway called them. */
  readonly journalCalls: string[];
  readonly log: LogLine[];
}

export interface Harness {
  readonly url: string;
  readonly world: World;
  readonly journal: Journal;
  /** Of two merchants' back ends (create, read) and desks (operate, too), and of one who may do all for all. */
  readonly keys: Readonly<Record<'a' | 'b' | 'desk' | 'otherDesk' | 'operator', string>>;
  ask(method: string, path: string, options?: { key?: string; body?: unknown }): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown> & {
    problems?: { field: string; problem: string; remedy: string }[];
  };
}

/** A gateway on a real port with a real journal in memory; only Temporal is played. */
export async function startGateway(overrides: Partial<GatewayDeps> = {}): Promise<Harness> {
  const real = await openJournal({ kind: 'pglite', cacheDir: readCacheDir() });
  const world: World = {
    journalDown: false,
    journalHangs: false,
    signalsDown: false,
    startsDown: false,
    workflowClosed: false,
    temporal: 'up',
    clientError: undefined,
    accounts: {
      ping: () => Promise.resolve({ ok: true, words: 'here' }),
      balance: () => Promise.reject(new Error('not set by this test')),
      orderStatus: () => Promise.reject(new Error('not set by this test')),
      statement: () => Promise.reject(new Error('not set by this test')),
      registry: () => Promise.reject(new Error('not set by this test')),
    },
    pinged: [],
    signalled: [],
    lateHints: [],
    commands: [],
    journalCalls: [],
    log: [],
  };
  const logTo = (level: string) => (message: string, meta?: object) =>
    world.log.push({ level, message, meta });
  const gateway = await createGateway({
    client: fakeClient(real, world),
    signals: fakeSignals(world),
    journal: faulty(real, world),
    providers: new Map(
      [
        fakeProvider('main', refuseAllButRub, 'proof', { cards: cardStorage }),
        fakeProvider('other', undefined, 'none'),
      ].map((provider) => [provider.account, provider]),
    ),
    sealingKeys: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'k1', x: 'x', y: 'y', use: 'enc' }] },
    log: { info: logTo('info'), warn: logTo('warn'), error: logTo('error') },
    checkTemporal: async () => {
      if (world.temporal === 'down') throw new Error('connect ECONNREFUSED 10.1.2.3:7233');
      if (world.temporal === 'hangs') await new Promise(() => undefined);
    },
    inboxPump: { everyMs: 40, minAgeMs: 0, orphanAfterMs: 600_000 },
    ...overrides,
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  const secretOf = async (name: string, roles: readonly Role[], merchant?: string): Promise<string> => {
    const key = { name, roles, merchant: merchant as MerchantId | undefined };
    return (await real.apiKeys.add(key, { actor: 'engine' })).secret;
  };
  return {
    url,
    world,
    journal: real,
    keys: {
      a: await secretOf('shop back end', ['create', 'read'], 'shop'),
      b: await secretOf('bank back end', ['create', 'read'], 'bank'),
      desk: await secretOf('shop desk', ['create', 'operate'], 'shop'),
      otherDesk: await secretOf('bank desk', ['create', 'operate'], 'bank'),
      operator: await secretOf('olga', ROLES),
    },
    ask: (method, path, options) => ask(url + path, method, options),
    close: async () => {
      await gateway.close();
      await real.close();
    },
  };
}

async function ask(
  url: string,
  method: string,
  { key, body }: { key?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const json = isJson ? (JSON.parse(text) as Answer['json']) : {};
  return { status: response.status, headers: response.headers, text, json };
}

/** Every method of every part fails or hangs while the switch is on. */
function faulty(journal: Journal, world: World): Journal {
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name, receiver): unknown {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value === 'object' && value !== null) return guard(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          world.journalCalls.push(String(name));
          if (world.journalDown)
            return Promise.reject(new JournalUnavailableError(new Error('ECONNREFUSED 10.9.9.9')));
          if (world.journalHangs) return new Promise(() => undefined);
          return Reflect.apply(value, target, args);
        };
      },
    });
  return guard(journal);
}

function fakeSignals(world: World): PayoutSignals {
  const answer = () => {
    if (world.signalsDown) return Promise.reject(new Error('14 UNAVAILABLE'));
    return Promise.resolve(world.workflowClosed ? ('closed' as const) : ('delivered' as const));
  };
  return {
    callback: async (key, signal) => {
      const outcome = await answer();
      world.signalled.push({ key: namesOf(key), ...signal });
      return outcome;
    },
    lateHint: async (hint) => {
      if (world.startsDown) throw new Error('14 UNAVAILABLE');
      world.lateHints.push(hint);
    },
    returned: async (key) => {
      const outcome = await answer();
      world.signalled.push({ key: namesOf(key) });
      return outcome;
    },
  };
}

function namesOf(key: RunKey): Readonly<Record<string, string>> {
  const { merchant } = key;
  if ('storedCardId' in key) return { merchant, storedCardId: key.storedCardId };
  return 'paymentId' in key ? { merchant, paymentId: key.paymentId } : { merchant, payoutId: key.payoutId };
}

function refuseAllButRub({ amount }: SealedPayoutRequest): Problem[] {
  if (amount.currency === 'RUB') return [];
  return [{ field: 'amount.currency', problem: 'not RUB', remedy: 'Use RUB.' }];
}

/** Seals by forgetting, and accepts at once as the workflow would. */
function fakeClient(journal: Journal, world: World): PayoutClient {
  const current = async (key: { merchant: string; payoutId: string }) => {
    const payout = await journal.payouts.get(key as PayoutKey);
    if (!payout) throw new Error('no such payout');
    return payout;
  };
  return {
    async create(input, { actor = 'nobody' } = {}) {
      if (world.clientError) throw world.clientError;
      const parsed = parsePayoutRequest(input);
      if (!parsed.ok) throw new Error('the gateway let a bad request through');
      const { destination } = parsed.request;
      const request: SealedPayoutRequest =
        destination.type === 'card' && 'number' in destination
          ? {
              ...parsed.request,
              destination: { type: 'card', sealed: 'a.b.c.d.e', masked: maskCardNumber(destination.number) },
            }
          : { ...parsed.request, destination };
      const accepted = await journal.payouts.accept({
        request,
        provider: 'fake',
        orderId: request.orderId ?? (`o-${request.merchant}-${request.payoutId}` as OrderId),
        destination: destination.type,
        contentFingerprint: createHash('sha256').update(JSON.stringify(parsed.request)).digest('hex'),
        actor,
      });
      if (accepted.kind === 'conflict') throw new PayoutConflictError(accepted.original);
      if (accepted.kind === 'order_id_taken') throw new Error('order id taken');
      return accepted.payout;
    },
    get: current,
    wait: current,
    async cancel(key, input): Promise<CancelResult> {
      if (world.clientError) throw world.clientError;
      world.commands.push(input);
      const { actor, reason } = input;
      if ((await journal.payouts.attempts(key as PayoutKey)).length > 0) {
        return { cancelled: false, why: 'Something may have been sent', payout: await current(key) };
      }
      const why = { code: 'cancelled', message: reason };
      const payout = await journal.payouts.changeStatus(key as PayoutKey, 'cancelled', why, { actor });
      return { cancelled: true, payout };
    },
    async resolve(key, input): Promise<ResolveResult> {
      if (world.clientError) throw world.clientError;
      world.commands.push(input);
      const payout = await current(key);
      return payout.status === 'in_review'
        ? { resolved: true, payout }
        : { resolved: false, why: 'The payout is not in review', payout };
    },
    storedCards: fakeStoredCards(journal),
    payments: fakePayments(journal),
    accounts: {
      ping: (account) => {
        world.pinged.push(account);
        return world.accounts.ping(account);
      },
      balance: (account) => world.accounts.balance(account),
      orderStatus: (account, key) => world.accounts.orderStatus(account, key),
      statement: (account, span) => world.accounts.statement(account, span),
      registry: (account, span) => world.accounts.registry(account, span),
    },
    close: () => Promise.resolve(),
  };
}

export function payoutBody(payoutId: string, more: object = {}): Record<string, unknown> {
  return {
    payoutId,
    account: 'main',
    amount: { minor: 10050, currency: 'RUB' },
    destination: { type: 'card', number: CARD },
    ...more,
  };
}

/** As a history has the holder of a key. */
export function byKeyOf(name: string): string {
  return expect.stringMatching(new RegExp(`^key:[0-9a-f]{16} ${name}$`)) as string;
}

/** Waits until something holds, for at most a minute: a busy machine must not turn "soon" into "never". */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not come to hold within a minute');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

export const shop = 'shop' as MerchantId;
export const main = 'main' as AccountId;
